import re
import sqlite3


def phrase(text):
    return '"' + text.replace('"', '""') + '"'


def search_notes(path, owner, typed):
    words = [word for word in re.split(r"[\W_]+", typed) if word]
    if not words:
        return []
    query = f"owner : {phrase(owner)}"
    for word in words:
        query += f" AND text : {phrase(word)}"
    db = sqlite3.connect(path)
    rows = db.execute("SELECT rowid FROM notes WHERE notes MATCH ?", [query]).fetchall()
    db.close()
    return sorted(row[0] for row in rows)
