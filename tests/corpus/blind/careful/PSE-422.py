import errno
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import psycopg2
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

_POSTGRESQL_PORT = 5432

# The user's URL is only taken apart here. It's never handed to SQLAlchemy or
# libpq as a whole, as both know a lot of ways to have it mean something else.


def _parse(url: str) -> URL:
    parsed = None
    try:
        if isinstance(url, str):
            parsed = make_url(url)
    except (ArgumentError, ValueError):
        pass  # the original text may contain the password
    if parsed is None:
        raise ValueError("not a database URL")
    return parsed


def _sqlite_path(url: URL, folder: str) -> Path:
    """The existing regular file right in `folder` that the URL names."""
    if url.host or url.port is not None or url.username or url.password:
        raise PermissionError("this database is not available")
    name = url.database or ""
    missing = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    if name in ("", ".", "..", ":memory:") or "/" in name or "\0" in name:
        raise missing

    path = Path(folder).absolute() / name
    try:
        mode = os.lstat(path).st_mode
    except UnicodeEncodeError:
        raise missing from None
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
            raise missing from None
        raise
    if not stat.S_ISREG(mode):  # a link could lead elsewhere
        raise missing
    return path


def _fetch_sqlite(url: URL, sql: str, folder: str) -> list[tuple]:
    uri = _sqlite_path(url, folder).as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return connection.execute(sql).fetchall()


def _fetch_postgresql(url: URL, sql: str, hosts: list[str]) -> list[tuple]:
    wanted = (url.host or "").lower()
    host = next((host for host in hosts if host and host.lower() == wanted), None)
    if host is None or url.port not in (None, _POSTGRESQL_PORT):
        raise PermissionError("this server is not available")
    # Without them libpq would look for our own user, password file and so on.
    if not url.username or not url.password or not url.database:
        raise PermissionError("user, password and database must be given")

    connection = psycopg2.connect(
        host=host,
        port=_POSTGRESQL_PORT,
        user=url.username,
        password=str(url.password),
        dbname=url.database,
    )
    with closing(connection), connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def fetch_rows(url: str, sql: str, folder: str, hosts: list[str]) -> list[tuple]:
    """Run our `sql` on the database that a user's URL names; return its rows."""
    parsed = _parse(url)
    # Options could change the host, the file or the way it's opened.
    if parsed.query:
        raise PermissionError("options in the URL are not available")
    if parsed.drivername == "sqlite":
        return _fetch_sqlite(parsed, sql, folder)
    if parsed.drivername == "postgresql":
        return _fetch_postgresql(parsed, sql, hosts)
    raise PermissionError("this kind of database is not available")
