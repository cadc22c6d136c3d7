import os
import sqlite3

EXPECTED = [("id", "INTEGER", 0, 1), ("text", "TEXT", 1, 0)]


def check_schema(conn):
    objects = conn.execute("SELECT type, name FROM sqlite_schema").fetchall()
    if objects != [("table", "notes")]:
        raise ValueError(f"unexpected objects in the upload: {objects}")
    columns = [(name, kind.upper(), notnull, pk) for _, name, kind, notnull, _, pk in conn.execute("PRAGMA table_info(notes)")]
    if columns != EXPECTED:
        raise ValueError("unexpected columns")


def append_note(path, text):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    conn = sqlite3.connect(path)
    try:
        check_schema(conn)
        conn.execute("INSERT INTO notes (text) VALUES (?)", (text,))
        conn.commit()
        return [t for (t,) in conn.execute("SELECT text FROM notes ORDER BY id")]
    except sqlite3.DatabaseError as e:
        raise ValueError(str(e)) from e
    finally:
        conn.close()
