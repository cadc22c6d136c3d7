import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _order_by(db: sqlite3.Connection, table: str, info: list[tuple]) -> str:
    """The ORDER BY clause that gives the rows in the order of their rowid."""
    taken = {row[0].lower() for row in info}
    for alias in ("rowid", "_rowid_", "oid"):
        if alias not in taken:
            try:
                db.execute(f"SELECT {alias} FROM main.{_quote(table)} LIMIT 0")
            except sqlite3.OperationalError:
                break  # WITHOUT ROWID table
            return f" ORDER BY {alias}"
    key = sorted((pk, name) for name, pk in info if pk)
    if not key:
        return ""
    return " ORDER BY " + ", ".join(_quote(name) for _, name in key)


def table_to_frame(
    path: str,
    table: str,
    columns: list[str] | None = None,
    limit: int | None = None,
) -> pd.DataFrame:
    if not os.path.isfile(path):
        raise FileNotFoundError(path)
    if limit is not None and limit < 0:
        raise ValueError("limit must not be negative")

    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as db:
        # sqlite_sequence and the like are SQLite's own (and tell the names
        # of the internal tables)
        found = db.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
            (table,),
        ).fetchone()
        if not found or table.startswith("_") or table.lower().startswith("sqlite_"):
            raise ValueError(f"no such table: {table!r}")

        # hidden = 1 are the hidden columns of virtual tables
        info = db.execute(
            "SELECT name, pk FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid",
            (table,),
        ).fetchall()
        known = [name for name, _ in info]
        if columns is None:
            columns = known
        for column in columns:
            if column not in known:
                raise ValueError(f"no such column: {column!r}")

        selected = ", ".join(_quote(column) for column in columns) or "NULL"
        query = f"SELECT {selected} FROM main.{_quote(table)}"
        query += _order_by(db, table, info)
        parameters = ()
        if limit is not None:
            query += " LIMIT ?"
            parameters = (limit,)
        rows = db.execute(query, parameters).fetchall()

    if not columns:
        return pd.DataFrame(index=range(len(rows)))
    return pd.DataFrame(rows, columns=list(columns))
