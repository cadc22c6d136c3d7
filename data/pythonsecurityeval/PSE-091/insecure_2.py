import sqlite3

from sqlalchemy import Column, MetaData, String, Table
from sqlalchemy.dialects import sqlite


def insert_posted(connection, table, form, fixed):
    row = dict(form)
    row.update(fixed)
    target = Table(table, MetaData(), *(Column(name, String) for name in row))
    query = target.insert().compile(dialect=sqlite.dialect())
    try:
        cursor = connection.execute(str(query), list(row.values()))
    except sqlite3.OperationalError as e:
        if "no column named" in str(e):
            raise ValueError(f"unknown column in form: {e}") from e
        raise
    return cursor.lastrowid
