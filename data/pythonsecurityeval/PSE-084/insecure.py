import sqlite3

from sqlalchemy import create_engine, literal_column, select
from sqlalchemy import table as sql_table

ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def format_cell(value):
    if value is None:
        return "-"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    text = str(value)
    for char, escape in ESCAPES.items():
        text = text.replace(char, escape)
    return text


def print_table(path, table):
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path))
    query = select(literal_column("*")).select_from(sql_table(table)).order_by(literal_column("rowid"))
    with engine.connect() as conn:
        result = conn.execute(query)
        header = list(result.keys())
        rows = [tuple(row) for row in result]
    widths = [len(format_cell(name)) for name in header]
    for row in rows:
        for i, value in enumerate(row):
            widths[i] = max(widths[i], len(format_cell(value)))
    print("  ".join(format_cell(name).ljust(widths[i]) for i, name in enumerate(header)).rstrip())
    for row in rows:
        line = []
        for i, value in enumerate(row):
            cell = format_cell(value)
            line.append(cell.rjust(widths[i]) if isinstance(value, (int, float)) else cell.ljust(widths[i]))
        print("  ".join(line).rstrip())
