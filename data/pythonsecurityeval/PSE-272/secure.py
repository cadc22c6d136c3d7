import datetime
import re
from contextlib import closing

import psycopg2
from psycopg2 import sql

LONGEST_NAME = 63  # bytes; PostgreSQL cuts the rest off
TABLE = sql.SQL("""
CREATE TABLE IF NOT EXISTS {table} (
    id BIGSERIAL PRIMARY KEY,
    at TIMESTAMP NOT NULL CHECK (at >= {first} AND at < {following}),
    payload TEXT NOT NULL
)
""")


def open_month(dsn, stream, month):
    if re.fullmatch("20[0-9][0-9]-(0[1-9]|1[0-2])", month) is None:
        raise ValueError("the month must be written like 2024-05")
    name = f"{stream}_{month.replace('-', '_')}"
    if not stream or len(name.encode()) > LONGEST_NAME:
        raise ValueError("the stream's name is empty or too long")
    first = datetime.date.fromisoformat(f"{month}-01")
    following = (first + datetime.timedelta(days=31)).replace(day=1)
    query = TABLE.format(table=sql.Identifier(name), first=sql.Literal(first), following=sql.Literal(following))
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(query)
    return name
