import sqlite3

from sqlalchemy import CheckConstraint, Column, Integer, MetaData, Table, Text, literal_column
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

TYPES = {"text": (Text, str), "number": (Integer, int)}


def checked(name):
    if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) < 61:
        raise ValueError("bad name")
    return name


def quote(value):
    return Text().literal_processor(sqlite.dialect())(value)


def make_table(conn, wish):
    table = Table(checked(wish["table"]), MetaData(), Column("id", Integer, primary_key=True))
    for field in wish["columns"]:
        kind, python = TYPES.get(field["type"], (None, None))
        if kind is None or not isinstance(field.get("default", python()), python):
            raise ValueError(f"bad column {field!r}")
        default = field.get("default")
        if default is not None:
            default = literal_column(quote(default) if python is str else str(int(default)))
        column = Column(checked(field["name"]), kind, server_default=default)
        if column.name in table.columns:
            raise ValueError("column twice")
        table.append_column(column)
        if "choices" in field:
            table.append_constraint(CheckConstraint(column.in_(field["choices"])))
    try:
        conn.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))
    except sqlite3.OperationalError as error:
        raise ValueError(str(error)) from error
    conn.commit()
    return table.columns.keys()
