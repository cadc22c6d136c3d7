import sqlite3
from contextlib import closing
from datetime import timedelta

import pymysql
from pymysql.constants.ER import ACCESS_DENIED_ERROR

SPAN = timedelta(minutes=10).total_seconds()


def connect_as(host, database, user, password, ledger, now):
    time = now.timestamp()
    with closing(sqlite3.connect(ledger, isolation_level=None)) as notes:
        notes.execute("CREATE TABLE IF NOT EXISTS refusals (user TEXT, time REAL)")
        notes.execute("BEGIN IMMEDIATE")  # one try at a time, or parallel ones would slip through
        earlier = notes.execute("SELECT time FROM refusals WHERE user = ? ORDER BY time DESC LIMIT 3", (user,)).fetchall()
        times = [moment for (moment,) in earlier]
        if len(times) == 3 and times[0] - times[2] <= SPAN and time < times[0] + SPAN:
            raise PermissionError(f"{user} is locked")
        try:
            connection = pymysql.connect(host=host, database=database, user=user, password=password)
        except pymysql.err.OperationalError as error:
            if error.args[0] != ACCESS_DENIED_ERROR:
                raise
            notes.execute("INSERT INTO refusals VALUES (?, ?)", (user, time))
            notes.execute("COMMIT")
            raise PermissionError(f"{user} is refused") from error
        notes.execute("DELETE FROM refusals WHERE user = ?", (user,))
        notes.execute("COMMIT")
        return connection
