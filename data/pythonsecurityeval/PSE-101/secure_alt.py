import json
from collections import deque

from sqlalchemy import URL, Column, Integer, MetaData, Table, create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlalchemy.types import UserDefinedType


class Untouched(UserDefinedType):
    """Values go in as they are."""

    cache_ok = True

    def get_col_spec(self, **_):
        return "BLOB"


def depth(text):
    """How deep brackets are nested, whatever stands inside of strings."""
    deepest = level = 0
    quoted = escaped = False
    for letter in text:
        if quoted:
            escaped, quoted = letter == "\\" and not escaped, letter != '"' or escaped
        elif letter == '"':
            quoted = True
        elif letter in "[{":
            level += 1
            deepest = max(deepest, level)
        elif letter in "]}":
            level -= 1
    return deepest


def rows_by_table(document, table):
    waiting = deque([(table, None, document)])
    found = {}
    while waiting:
        name, parent, records = waiting.popleft()
        if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
            raise ValueError(f"{name} must be an array of objects")
        rows = found.setdefault(name, [])
        for record in records:
            rows.append(row := {"_id": len(rows) + 1, "_parent": parent})
            for key, value in record.items():
                if key[:1] in ("", "_"):
                    raise ValueError("a key that is not taken")
                if isinstance(value, (list, dict)):
                    if value != []:
                        waiting.append((f"{name}_{key}", row["_id"], value))
                else:
                    row[key] = value
    return found


def import_json(text, path, table):
    if depth(text) > 20:
        raise ValueError("too deep")
    found = rows_by_table(json.loads(text), table)
    engine = create_engine(URL.create("sqlite", database=path), poolclass=NullPool)
    metadata = MetaData()
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("BEGIN")
            for name, rows in found.items():
                keys = dict.fromkeys(key for row in rows for key in row if key[0] != "_")
                columns = [Column(key, Untouched) for key in keys]
                made = Table(
                    name, metadata, Column("_id", Integer, primary_key=True), Column("_parent", Integer), *columns, quote=True
                )
                made.create(connection, checkfirst=False)
                for row in rows:
                    connection.execute(made.insert().values(row))
    except (SQLAlchemyError, OverflowError) as error:
        raise ValueError(str(error)) from error
    return sum(map(len, found.values()))
