import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg2
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_POSTGRES_PORT = 5432


def _fetch_sqlite(url: URL, sql: str, folder: str) -> list[tuple]:
    if url.host or url.port or url.username or url.password:
        raise PermissionError("an SQLite URL must look like sqlite:///name")
    # The name has to be an entry of the folder, not a path or something like :memory:.
    name = url.database
    path = Path(folder, name or "").absolute()
    if name not in os.listdir(folder) or path.is_symlink() or not path.is_file():
        raise FileNotFoundError(f"no such database: {name!r}")
    with closing(sqlite3.connect(path.as_uri() + "?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def _fetch_postgres(url: URL, sql: str, hosts: list[str]) -> list[tuple]:
    if url.host not in hosts:
        raise PermissionError("this host isn't allowed")
    if url.port not in (None, _POSTGRES_PORT):
        raise PermissionError("this port isn't allowed")
    # For what is missing libpq would use our own defaults, stored passwords included.
    if not (url.username and url.password and url.database):
        raise PermissionError("user, password and database are needed")
    with closing(
        psycopg2.connect(
            host=url.host,
            port=_POSTGRES_PORT,
            user=url.username,
            password=url.password,
            dbname=url.database,
        )
    ) as connection:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()


def fetch_rows(url: str, sql: str, folder: str, hosts: list[str]) -> list[tuple]:
    """Run `sql` on the database that a user's URL names and return its rows."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Without the original text, which may hold a password.
        raise ValueError("not a database URL") from None

    # Options such as ?host=... could lead somewhere else.
    if parsed.query:
        raise PermissionError("options in the URL aren't allowed")
    if parsed.drivername == "sqlite":
        return _fetch_sqlite(parsed, sql, folder)
    if parsed.drivername == "postgresql":
        return _fetch_postgres(parsed, sql, hosts)
    raise PermissionError("this kind of database isn't allowed")
