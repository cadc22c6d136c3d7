import csv
import io
from pathlib import PurePath

from sqlalchemy import Column, MetaData, Table, Text, create_engine, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool


def cells(text):
    def split(delimiter):
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)

    width, best = 0, ","
    for delimiter in (",", ";", "\t"):
        if (columns := len(next(split(delimiter), ()))) > width:
            width, best = columns, delimiter
    return list(filter(None, split(best)))


def import_csv(csv_path, db_path):
    with open(csv_path, "rb") as file:
        table_rows = cells(file.read().decode("utf-8").removeprefix("\ufeff"))
    if not table_rows:
        raise ValueError("an empty file")
    header = table_rows.pop(0)
    lengths = set(map(len, table_rows)) - {len(header)}
    if lengths or not all(header) or len({name.upper() for name in header}) < len(header):
        raise ValueError("not a table")
    engine = create_engine(f"sqlite:///{db_path}", poolclass=NullPool)
    name = PurePath(csv_path).stem
    target = Table(name, MetaData(), *(Column(title, Text, key=f"c{place}", quote=True) for place, title in enumerate(header)), quote=True)
    try:
        target.create(engine)
    except SQLAlchemyError as error:
        raise ValueError(f"cannot make table {name}") from error
    with engine.begin() as connection:
        if table_rows:
            connection.execute(insert(target), [{f"c{place}": cell for place, cell in enumerate(row)} for row in table_rows])
    return len(table_rows)
