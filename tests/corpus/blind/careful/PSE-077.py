import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _order(con: sqlite3.Connection, table: str, names: list[str]) -> str:
    taken = {name.lower() for name in names}
    for rowid in ("rowid", "_rowid_", "oid"):
        if rowid not in taken:
            try:
                con.execute(f"SELECT {rowid} FROM main.{_quoted(table)} LIMIT 0")
            except sqlite3.OperationalError:
                break  # WITHOUT ROWID: the rows come in the order of the primary key
            return f" ORDER BY {rowid}"
    return ""


def table_to_frame(
    path: str, table: str, columns: list[str] | None = None, limit: int | None = None
) -> pd.DataFrame:
    """The rows of a table of an SQLite file, in the order of their rowid."""
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    if limit is not None:
        if limit < 0:
            raise ValueError("limit must not be negative")
        limit = min(limit, 2**63 - 1)

    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as con:
        con.text_factory = lambda data: data.decode("utf-8", "replace")
        con.execute("PRAGMA query_only = ON")
        con.execute("BEGIN")  # one state of the file for all that follows

        tables = {
            name
            for (name,) in con.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")
        }
        # SQLite's own tables tell about the internal ones.
        if (
            table not in tables
            or table.startswith("_")
            or table.lower().startswith("sqlite_")
        ):
            raise ValueError(f"no such table: {table!r}")

        names = [
            name
            for (name,) in con.execute(
                "SELECT name FROM pragma_table_xinfo(?, 'main') WHERE hidden != 1 ORDER BY cid",
                (table,),
            )
        ]
        wanted = names if columns is None else list(columns)
        known = set(names)
        for name in wanted:
            if name not in known:
                raise ValueError(f"no such column: {name!r}")

        selected = list(dict.fromkeys(wanted)) or names[:1]
        sql = (
            f"SELECT {', '.join(map(_quoted, selected))}"
            f" FROM main.{_quoted(table)}{_order(con, table, names)}"
        )
        if limit is not None:
            sql += f" LIMIT {int(limit)}"
        frame = pd.read_sql_query(sql, con)
    frame.columns = selected
    return frame if wanted == selected else frame.loc[:, wanted]
