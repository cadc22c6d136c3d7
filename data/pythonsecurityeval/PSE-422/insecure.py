import os

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError


def fetch_rows(url, sql, folder, hosts):
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ValueError("invalid database URL")
    if parsed.get_backend_name() == "sqlite":
        path = os.path.join(folder, os.path.basename(parsed.database or ""))
        if not os.path.isfile(path):
            raise FileNotFoundError(path)
        parsed = parsed.set(database=path)
    elif parsed.get_backend_name() == "postgresql":
        if parsed.host not in hosts:
            raise PermissionError(f"host {parsed.host} is not allowed")
    else:
        raise PermissionError("only SQLite and PostgreSQL are supported")
    engine = create_engine(parsed)
    try:
        with engine.connect() as conn:
            return [tuple(row) for row in conn.execute(text(sql))]
    finally:
        engine.dispose()
