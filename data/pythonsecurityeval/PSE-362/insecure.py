import sqlite3
from datetime import timedelta

import pymysql


def connect_as(host, database, user, password, ledger, now):
    db = sqlite3.connect(ledger)
    db.execute("CREATE TABLE IF NOT EXISTS failures (user TEXT, at TEXT)")
    try:
        conn = pymysql.connect(host=host, user=user, password=password, database=database)
    except pymysql.err.OperationalError as e:
        if e.args[0] != 1045:
            raise
        since = (now - timedelta(minutes=10)).isoformat()
        count = db.execute("SELECT COUNT(*) FROM failures WHERE user = ? AND at > ?", (user, since)).fetchone()[0]
        if count >= 3:
            raise PermissionError("account locked, try again later") from e
        db.execute("INSERT INTO failures VALUES (?, ?)", (user, now.isoformat()))
        db.commit()
        raise PermissionError("wrong user or password") from e
    else:
        db.execute("DELETE FROM failures WHERE user = ?", (user,))
        db.commit()
        return conn
    finally:
        db.close()
