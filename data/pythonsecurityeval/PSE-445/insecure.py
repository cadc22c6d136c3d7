import re
import sqlite3

TYPES = {"text": "TEXT", "whole number": "INTEGER", "number": "REAL", "yes/no": "INTEGER"}


def create_list(connection, name, columns):
    if not columns:
        raise ValueError("a list needs at least one column")
    for label in [name, *columns]:
        if not label or not label.isprintable():
            raise ValueError(f"invalid name: {label!r}")
    if len({label.lower() for label in columns}) != len(columns):
        raise ValueError("duplicate columns")
    parts = []
    for label, kind in columns.items():
        length = re.fullmatch(r"text\(([1-9]\d{0,2})\)", kind)
        if length:
            parts.append(f'"{label}" TEXT CHECK (length("{label}") <= {length.group(1)})')
        elif kind == "yes/no":
            parts.append(f'"{label}" INTEGER CHECK ("{label}" IN (0, 1))')
        elif kind in TYPES:
            parts.append(f'"{label}" {TYPES[kind]}')
        else:
            raise ValueError(f"unknown kind {kind!r}")
    try:
        connection.execute(f'CREATE TABLE "{name}" ({", ".join(parts)})')
    except sqlite3.Error as error:
        raise ValueError(str(error))
    connection.commit()
