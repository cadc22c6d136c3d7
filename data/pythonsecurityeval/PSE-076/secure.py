import sqlite3
from contextlib import closing
from pathlib import Path

FIND = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE"


def column_names(path, table):
    if table.lower().startswith(("x_", "sqlite_")):
        raise KeyError(table)
    with closing(sqlite3.connect(Path(path).absolute().as_uri() + "?mode=ro", uri=True)) as connection:
        found = connection.execute(FIND, (table,)).fetchone()
        if found is None:
            raise KeyError(table)
        return connection.execute("SELECT name, type FROM pragma_table_info(?) ORDER BY cid", found).fetchall()
