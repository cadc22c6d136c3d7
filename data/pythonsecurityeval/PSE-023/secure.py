import sqlite3


def find_profile(conn, handle):
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    factory = conn.text_factory
    conn.text_factory = str
    try:
        row = cursor.execute("SELECT * FROM members WHERE handle = ?", (handle,)).fetchone()
        if row is None:
            return None
        return {key: row[key] for key in row.keys() if not key.startswith("_")}
    finally:
        conn.text_factory = factory
        cursor.close()
