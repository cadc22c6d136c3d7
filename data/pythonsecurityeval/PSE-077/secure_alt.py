import os

import pandas
from sqlalchemy import MetaData, Table, create_engine, literal_column, select
from sqlalchemy.exc import NoSuchTableError
from sqlalchemy.pool import NullPool


def table_to_frame(path, table, columns=None, limit=None):
    if not os.path.exists(path):
        raise FileNotFoundError(f"{path} is not there")
    if table[:1] == "_":
        raise ValueError("internal table")
    engine = create_engine("sqlite:///" + os.path.abspath(path), poolclass=NullPool)
    try:
        reflected = Table(table, MetaData(), autoload_with=engine)
    except NoSuchTableError as error:
        raise ValueError("unknown table") from error
    try:
        chosen = [reflected.columns[name] for name in columns or reflected.columns.keys()]
    except KeyError as error:
        raise ValueError("unknown column") from error
    statement = select(*chosen).order_by(literal_column("rowid")).limit(limit)
    with engine.connect() as connection:
        return pandas.DataFrame(connection.execute(statement).all(), columns=[column.name for column in chosen])
