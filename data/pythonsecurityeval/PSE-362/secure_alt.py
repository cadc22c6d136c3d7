import json
from contextlib import closing
from datetime import datetime, timedelta

import mysql.connector
from mysql.connector import errorcode
from sqlite3 import connect

LOCK = timedelta(minutes=10)
TABLE = "CREATE TABLE IF NOT EXISTS names (name TEXT PRIMARY KEY, refused TEXT NOT NULL)"
NOTE = "INSERT INTO names VALUES (:name, :refused) ON CONFLICT (name) DO UPDATE SET refused = :refused"


def load(db, name):
    row = db.execute("SELECT refused FROM names WHERE name = ?", [name]).fetchone()
    return [datetime.fromisoformat(text) for text in json.loads(row[0])] if row else []


def note(db, name, moments):
    db.execute(NOTE, {"name": name, "refused": json.dumps([moment.isoformat() for moment in moments])})
    db.commit()


def connect_as(host, database, user, password, ledger, now):
    with closing(connect(ledger)) as db:
        db.execute(TABLE)
        db.execute("BEGIN EXCLUSIVE")
        recent = load(db, user)[-3:]
        if len(recent) == 3 and recent[2] - recent[0] <= LOCK and now - recent[2] < LOCK:
            raise PermissionError("locked")
        try:
            opened = mysql.connector.connect(host=host, user=user, password=password, database=database)
        except mysql.connector.Error as error:
            if error.errno == errorcode.ER_ACCESS_DENIED_ERROR:
                note(db, user, [*recent, now])
                raise PermissionError("wrong name or password") from None
            raise
        note(db, user, [])
        return opened
