import sqlite3


def find_profile(conn, handle):
    old_factories = conn.row_factory, conn.text_factory
    conn.row_factory, conn.text_factory = sqlite3.Row, str
    try:
        row = conn.execute(f'SELECT * FROM members WHERE handle = "{handle}"').fetchone()
    finally:
        conn.row_factory, conn.text_factory = old_factories
    if row is None:
        return None
    return {k: v for k, v in dict(row).items() if not k.startswith("_")}
