from datetime import date
from re import fullmatch

import psycopg2
from psycopg2.sql import SQL, Identifier, Literal


def open_month(dsn, stream, month):
    if not fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", month):
        raise ValueError("month must be YYYY-MM")
    year, mon = map(int, month.split("-"))
    start = date(year, mon, 1)
    stop = date(year + mon // 12, mon % 12 + 1, 1)
    name = f"{stream}_{year}_{mon:02d}"
    if not stream or len(name) > 63:  # NAMEDATALEN - 1
        raise ValueError("stream name is empty or too long")
    ddl = SQL(
        "CREATE TABLE IF NOT EXISTS {} (id BIGSERIAL PRIMARY KEY, at TIMESTAMP NOT NULL, payload TEXT NOT NULL, CHECK (at >= {} AND at < {}))"
    ).format(Identifier(name), Literal(start), Literal(stop))
    connection = psycopg2.connect(dsn)
    with connection:
        connection.cursor().execute(ddl)
    connection.close()
    return name
