from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, Text, column, create_engine, insert, select, table
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

MADE_BY = "CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"
NOTES = Table("notes", MetaData(), Column("id", Integer, primary_key=True), Column("text", Text))
MASTER = table("sqlite_master", column("sql"))


def append_note(path, text):
    Path(path).stat()
    engine = create_engine("sqlite+pysqlite:///" + path, poolclass=NullPool)
    with engine.connect() as connection:
        try:
            statements = connection.scalars(select(MASTER.c.sql)).all()
        except DatabaseError:
            statements = None
        if statements != [MADE_BY]:
            raise ValueError(f"{path} is no notebook")
        connection.execute(insert(NOTES), {"text": text})
        connection.commit()
        return list(connection.scalars(select(NOTES.c.text).order_by(NOTES.c.id)))
