import os
import sqlite3

FORBIDDEN = ("BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE")


def run_together(path, statements):
    if not os.path.exists(path):
        raise FileNotFoundError(path)
    for sql, _ in statements:
        if sql.strip().upper().startswith(FORBIDDEN):
            raise ValueError(f"transaction statement not allowed: {sql}")
    conn = sqlite3.connect(path, isolation_level=None)
    counts = []
    try:
        conn.execute("BEGIN")
        for sql, values in statements:
            cursor = conn.execute(sql, values)
            counts.append(max(cursor.rowcount, 0))
        conn.execute("COMMIT")
    except sqlite3.Error:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    finally:
        conn.close()
    return counts
