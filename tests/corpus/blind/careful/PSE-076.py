import contextlib
import os
import sqlite3
import urllib.parse

# Compared with the name in lower case: our own plumbing, and SQLite's.
_HIDDEN = (b"x_", b"sqlite_")


def column_names(path: str, table: str) -> list[tuple[str, str]]:
    """Name and declared type of every column of a table or view, in order.

    KeyError if there is no such table or view, or if it is an internal one.
    """
    try:
        # bytes.lower() folds A to Z only, just as SQLite does with names.
        folded = table.encode("utf-8").lower()
    except UnicodeEncodeError:
        raise KeyError(table) from None
    if folded.startswith(_HIDDEN) or b"\0" in folded:
        raise KeyError(table)

    full = os.path.join(os.getcwd(), path)
    uri = "file://" + urllib.parse.quote(os.fsencode(full)) + "?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        found = connection.execute(
            "SELECT name FROM main.sqlite_master"
            " WHERE type IN ('table', 'view') AND name = ? COLLATE NOCASE",
            (table,),
        ).fetchone()
        if found is None:
            raise KeyError(table)
        # A pragma takes no parameters; the name comes from the schema and is
        # quoted as an identifier. (The function pragma_table_xinfo() could be
        # hidden by a table of that name.) Unlike table_info, table_xinfo has
        # the generated columns as well.
        quoted = '"' + found[0].replace('"', '""') + '"'
        columns = connection.execute(f"PRAGMA main.table_xinfo({quoted})").fetchall()
    if not columns:
        raise KeyError(table)
    # hidden = 1 are the hidden columns of virtual tables, 2 and 3 generated ones.
    return [
        (name, declared or "")
        for _, name, declared, _, _, _, hidden in columns
        if hidden != 1
    ]
