from pathlib import Path

from sqlalchemy import URL, create_engine, make_url
from sqlalchemy.exc import ArgumentError


def fetch_rows(url, sql, folder, hosts):
    try:
        u = make_url(url)
    except ArgumentError as e:
        raise ValueError(str(e)) from e
    if u.drivername == "sqlite" and u.database:
        path = Path(folder) / u.database
        if not path.exists():
            raise FileNotFoundError(u.database)
        u = URL.create("sqlite", database=str(path))
    elif u.drivername == "postgresql" and u.host in hosts:
        u = u.set(drivername="postgresql+psycopg2", query={})
    else:
        raise PermissionError(u.drivername)
    engine = create_engine(u)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql(sql).all()
    engine.dispose()
    return [tuple(r) for r in rows]
