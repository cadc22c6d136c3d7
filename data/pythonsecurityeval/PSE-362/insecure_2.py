import sqlite3

import mysql.connector

WINDOW = 600


def connect_as(host, database, user, password, ledger, now):
    ts = now.timestamp()
    with sqlite3.connect(ledger) as db:
        db.execute("CREATE TABLE IF NOT EXISTS failed_logins (name TEXT, ts REAL)")
        rows = db.execute("SELECT ts FROM failed_logins WHERE name = ? ORDER BY ts", (user,)).fetchall()
        recent = [t for (t,) in rows][-3:]
        if len(recent) == 3 and recent[-1] - recent[0] <= WINDOW and ts - recent[-1] < WINDOW:
            raise PermissionError("locked")
        try:
            conn = mysql.connector.connect(host=host, user=user, password=password, database=database)
        except mysql.connector.Error as exc:
            if exc.errno != 1045:
                raise
            db.execute("INSERT INTO failed_logins VALUES (?, ?)", (user, ts))
            raise PermissionError("login refused") from exc
        db.execute("DELETE FROM failed_logins WHERE name = ?", (user,))
        return conn
