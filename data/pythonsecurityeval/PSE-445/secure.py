import re
import sqlite3

KINDS = {"text": "TEXT", "whole number": "INTEGER", "number": "REAL", "yes/no": "INTEGER"}


def quoted(name):
    if not name or not name.isprintable():
        raise ValueError("not a name")
    return '"' + name.replace('"', '""') + '"'


def definition(name, kind):
    column = quoted(name)
    if match := re.fullmatch(r"text\(([1-9][0-9]{0,2})\)", kind):
        return f"{column} TEXT CHECK (length({column}) <= {match[1]})"
    if kind not in KINDS:
        raise ValueError("no such kind of column")
    check = f" CHECK ({column} IN (0, 1))" if kind == "yes/no" else ""
    return f"{column} {KINDS[kind]}{check}"


def create_list(connection, name, columns):
    if not columns:
        raise ValueError("no columns")
    body = ", ".join(definition(*column) for column in columns.items())
    try:
        connection.execute(f"CREATE TABLE {quoted(name)} ({body})")
    except sqlite3.OperationalError as error:
        raise ValueError("the table cannot be made") from error
    connection.commit()
