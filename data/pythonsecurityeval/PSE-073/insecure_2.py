import sqlite3


def select_where(conn, condition):
    condition = condition.strip()
    if not condition or ";" in condition:
        raise ValueError("not a condition")
    # SQLite knows ==, !=, and/or/not and True/False; only lists look different
    where = condition.replace("[", "(").replace("]", ")")
    try:
        rows = conn.execute("SELECT id FROM members WHERE " + where).fetchall()
    except sqlite3.Error as e:
        raise ValueError(str(e))
    return sorted(row[0] for row in rows)
