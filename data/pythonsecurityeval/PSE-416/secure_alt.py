import os
import re
import sqlite3

SPACE = re.compile(r"(?:[\s\ufeff;]|--[^\n]*(?:\n|$)|/\*.*?(?:\*/|$))*", re.DOTALL)
OURS = {"BEGIN", "COMMIT", "END", "ROLLBACK", "SAVEPOINT", "RELEASE"}


def first_word(sql):
    start = SPACE.match(sql).end()
    return re.match(r"\w*", sql[start:]).group().upper()


def run_together(path, statements):
    if any(first_word(sql) in OURS for sql, _ in statements):
        raise ValueError("recipes neither begin nor end transactions")
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN")
        cursors = [connection.execute(sql, values) for sql, values in statements]
        counts = [cursor.rowcount if cursor.rowcount > 0 else 0 for cursor in cursors]
        for cursor in cursors:
            cursor.close()
        connection.commit()
        return counts
    finally:
        connection.close()
