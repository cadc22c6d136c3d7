import sqlite3


def count_rows(path, table, hidden, cap):
    name = table.lower()
    if name.startswith("sqlite_") or name in {h.lower() for h in hidden}:
        raise ValueError(f"no such table: {table}")
    conn = sqlite3.connect(path)
    try:
        cursor = conn.execute(f'SELECT COUNT(*) FROM (SELECT 1 FROM "{table}" LIMIT {cap})')
        return cursor.fetchone()[0]
    except sqlite3.OperationalError:
        raise ValueError(f"no such table: {table}")
    finally:
        conn.close()
