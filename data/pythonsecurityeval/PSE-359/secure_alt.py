import re

from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, insert
from sqlalchemy.pool import StaticPool

AUDIT = Table("audit", MetaData(), Column("id", Integer, primary_key=True), Column("who", Text), Column("action", Text), Column("line", Text))
PLAIN = re.compile(rb"[^A-Za-z0-9._~-]")


def encoded(text):
    return PLAIN.sub(lambda found: b"%%%02X" % found[0][0], text.encode()).decode("ascii")


class Borrowed:
    """The caller's connection, which is not ours to close."""

    def __init__(self, conn):
        self._conn = conn

    def __getattr__(self, name):
        return getattr(self._conn, name)

    def close(self):
        pass


def record(conn, who, action, details):
    line = action
    for key, value in sorted(details.items()):
        line += f" {encoded(key)}={encoded(value)}"
    engine = create_engine("mysql+pymysql://", creator=lambda: Borrowed(conn), poolclass=StaticPool)
    with engine.begin() as connection:
        row = {"who": who if who is None else who[:60], "action": action, "line": line}
        try:
            return connection.execute(insert(AUDIT), row).inserted_primary_key[0]
        except Exception as error:
            raise getattr(error, "orig", None) or error from None
