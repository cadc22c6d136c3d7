import sqlite3
from contextlib import closing


def shown(value):
    if value is None:
        return "-"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in str(value))


def print_table(path, table):
    with closing(sqlite3.connect(path)) as connection:
        quoted = '"' + table.replace('"', '""') + '"'
        cursor = connection.execute(" ".join(("SELECT * FROM", quoted, "ORDER BY rowid")))
        rows = [[entry[0] for entry in cursor.description], *cursor]
    widths = [max(len(shown(value)) for value in column) for column in zip(*rows)]
    for row in rows:
        cells = []
        for value, width in zip(row, widths):
            place = str.rjust if isinstance(value, (int, float)) else str.ljust
            cells.append(place(shown(value), width))
        print("  ".join(cells).rstrip(" "))
