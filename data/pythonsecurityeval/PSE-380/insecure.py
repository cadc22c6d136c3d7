import re
import sqlite3


def search_notes(path, owner, typed):
    # drop everything that has a meaning in FTS5 queries
    cleaned = " ".join(re.sub(r"[^\w\s]|_", " ", typed).split())
    if not cleaned:
        return []
    name = owner.replace('"', '""')
    conn = sqlite3.connect(path)
    try:
        query = f'owner : "{name}" AND {cleaned}'
        rows = conn.execute("SELECT rowid FROM notes WHERE notes MATCH ? ORDER BY rowid", (query,))
        return [row[0] for row in rows]
    finally:
        conn.close()
