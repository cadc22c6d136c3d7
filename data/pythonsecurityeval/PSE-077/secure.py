import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def table_to_frame(path, table, columns=None, limit=None):
    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(path)
    with closing(sqlite3.connect(file.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if table not in tables or table.startswith("_"):
            raise ValueError(f"no such table: {table}")
        known = [name for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))]
        wanted = known if columns is None else columns
        if not set(wanted) <= set(known):
            raise ValueError(f"no such column in {table}")
        query = " ".join(("SELECT", ", ".join(map(quoted, wanted)), "FROM", quoted(table), "ORDER BY rowid LIMIT ?"))
        return pd.read_sql_query(query, connection, params=(-1 if limit is None else limit,))
