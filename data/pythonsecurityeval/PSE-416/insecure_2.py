import re
import sqlite3
from pathlib import Path

COMMENT = re.compile(r"--[^\n]*\n?|/\*.*?\*/", re.S)
CONTROL = re.compile(r"[\s;]*(begin|commit|end|rollback|savepoint|release)\b", re.I)


def run_together(path, statements):
    if not Path(path).exists():
        raise FileNotFoundError(path)
    counts = []
    connection = sqlite3.connect(path)
    try:
        with connection:  # commits at the end, rolls back on an exception
            for sql, values in statements:
                if CONTROL.match(COMMENT.sub(" ", sql)):
                    raise ValueError("transaction control in a recipe")
                counts.append(max(0, connection.execute(sql, values).rowcount))
    finally:
        connection.close()
    return counts
