from calendar import monthrange
from datetime import datetime, time

import psycopg2
from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, MetaData, Table, Text, create_engine
from sqlalchemy.pool import NullPool

MONTHS = {f"{year}-{number:02}": (year, number) for year in range(2000, 2100) for number in range(1, 13)}


def open_month(dsn, stream, month):
    try:
        year, number = MONTHS[month]
    except KeyError:
        raise ValueError(f"no such month: {month!r}") from None
    table_name = "_".join((stream, f"{year}", f"{number:02}"))
    if stream == "" or len(bytes(table_name, "utf-8")) >= 64:
        raise ValueError("PostgreSQL does not keep such a name")
    begin = datetime(year, number, 1)
    end = datetime.combine(begin.replace(day=monthrange(year, number)[1]), time.max)
    at = Column("at", DateTime, nullable=False)
    table = Table(
        table_name,
        MetaData(),
        Column("id", BigInteger, primary_key=True, autoincrement=True),
        at,
        Column("payload", Text, nullable=False),
        CheckConstraint(at.between(begin, end)),
        quote=True,
    )
    engine = create_engine("postgresql+psycopg2://", creator=lambda: psycopg2.connect(dsn), poolclass=NullPool)
    table.create(engine, checkfirst=True)
    return table_name
