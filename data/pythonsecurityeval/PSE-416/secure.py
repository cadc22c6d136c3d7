import sqlite3
from contextlib import closing
from pathlib import Path


def run_together(path, statements):
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    refused = []

    def authorize(action, first, *_):
        if action in (sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_SAVEPOINT):
            refused.append(first)
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    counts = []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.set_authorizer(authorize)
        try:
            for sql, values in statements:
                counts.append(max(connection.execute(sql, values).rowcount, 0))
        except sqlite3.DatabaseError as error:
            if refused:
                raise ValueError(f"a recipe must not {refused[0]}") from error
            raise
        connection.set_authorizer(None)
        connection.execute("COMMIT")
    return counts
