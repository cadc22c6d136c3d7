import re
import sqlite3
from contextlib import closing

FIND = "SELECT rowid FROM notes WHERE notes MATCH ? AND owner = ? ORDER BY rowid"


def search_notes(path, owner, typed):
    words = re.findall(r"[^\W_]+", typed)
    if not words:
        return []
    phrases = " AND ".join(f'"{word}"' for word in words)
    with closing(sqlite3.connect(path)) as connection:
        return [number for (number,) in connection.execute(FIND, (f"text : ({phrases})", owner))]
