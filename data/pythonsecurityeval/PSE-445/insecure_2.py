import re
import sqlite3


def quote(name):
    if name == "" or not name.isprintable():
        raise ValueError("bad name")
    return '"%s"' % name.replace('"', '""')


def column_sql(name, kind):
    name = quote(name)
    if kind == "text":
        return f"{name} TEXT"
    if re.match(r"text\([1-9][0-9]{0,2}\)", kind):
        limit = kind[len("text(") :].rstrip(")")
        return f"{name} TEXT CHECK (length({name}) <= {limit})"
    if kind == "whole number":
        return f"{name} INTEGER"
    if kind == "number":
        return f"{name} REAL"
    if kind == "yes/no":
        return f"{name} INTEGER CHECK ({name} IN (0, 1))"
    raise ValueError(f"unknown kind: {kind}")


def create_list(connection, name, columns):
    if not columns:
        raise ValueError("no columns")
    sql = "CREATE TABLE " + quote(name) + " (" + ", ".join(column_sql(k, v) for k, v in columns.items()) + ")"
    try:
        with connection:
            connection.execute(sql)
    except sqlite3.OperationalError as e:
        raise ValueError(str(e)) from e
