import os
import sqlite3


def append_note(path, text):
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    conn = sqlite3.connect(path)
    try:
        try:
            tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            columns = [row[1] for row in conn.execute("PRAGMA table_info(notes)")]
        except sqlite3.DatabaseError as e:
            raise ValueError(f"not a SQLite database: {e}")
        if tables != ["notes"] or columns != ["id", "text"]:
            raise ValueError("unexpected schema")
        with conn:
            conn.execute("INSERT INTO notes (text) VALUES (?)", (text,))
        return [row[0] for row in conn.execute("SELECT text FROM notes ORDER BY id")]
    finally:
        conn.close()
