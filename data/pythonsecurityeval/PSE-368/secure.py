import os
import sqlite3
from contextlib import closing

SCHEMA = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"


def append_note(path, text):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    with closing(sqlite3.connect(path)) as notebook:
        try:
            schema = notebook.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        except sqlite3.DatabaseError as error:
            raise ValueError("not an SQLite file") from error
        if schema != [("table", "notes", SCHEMA)]:
            raise ValueError("not a notebook of the app")
        notebook.execute("INSERT INTO notes (text) VALUES (?)", (text,))
        notebook.commit()
        return [note for (note,) in notebook.execute("SELECT text FROM notes ORDER BY id")]
