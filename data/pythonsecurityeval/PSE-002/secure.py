import sqlite3
from contextlib import closing


def count_rows(path, table, hidden, cap):
    with closing(sqlite3.connect(path)) as connection:
        tables = {name.lower(): name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        wanted = table.lower()
        if wanted not in tables or wanted.startswith("sqlite_") or wanted in map(str.lower, hidden):
            raise ValueError(f"no such table: {table}")
        quoted = '"' + tables[wanted].replace('"', '""') + '"'
        statement = " ".join(("SELECT count(*) FROM (SELECT 1 FROM", quoted, "LIMIT ?)"))
        return connection.execute(statement, (cap,)).fetchone()[0]
