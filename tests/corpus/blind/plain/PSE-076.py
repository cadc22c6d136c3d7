import sqlite3
from contextlib import closing
from pathlib import Path


def column_names(path: str, table: str) -> list[tuple[str, str]]:
    """Name and declared type of each column of a table or view, in order."""
    if table.startswith(("x_", "X_")) or table[:7].lower() == "sqlite_":
        raise KeyError(table)
    try:
        table.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates: cannot be the name of anything
        raise KeyError(table) from None

    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        found = connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE",
            (table,),
        ).fetchone()
        if found is None:
            raise KeyError(table)
        # A PRAGMA takes no parameters, so the name has to be quoted.
        quoted = '"' + found[0].replace('"', '""') + '"'
        # table_xinfo, unlike table_info, also lists generated columns;
        # hidden = 1 are only the hidden columns of virtual tables.
        columns = connection.execute(f"PRAGMA main.table_xinfo({quoted})").fetchall()
    return [
        (name, declared or "")
        for _cid, name, declared, _notnull, _default, _pk, hidden in columns
        if hidden != 1
    ]
