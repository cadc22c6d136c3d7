"""One INSERT for all our little forms."""

import sqlite3
import string

__all__ = ["insert_posted"]

# SQLite folds the case of ASCII letters in names, and only of these.
_FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _quoted(name: str) -> str:
    if "\0" in name:
        raise ValueError("name contains a NUL character")
    return '"' + name.replace('"', '""') + '"'


def _columns(cursor: sqlite3.Cursor, table: str) -> dict[str, str]:
    """The columns that can be written, by their folded name."""
    rows = cursor.execute(
        "SELECT name, hidden FROM pragma_table_xinfo(?)", (table,)
    ).fetchall()
    columns = {}
    for name, hidden in rows:
        if isinstance(name, bytes):  # the connection may have its own text_factory
            name = name.decode("utf-8")
        if hidden == 0:  # neither generated nor hidden
            columns[name.translate(_FOLD)] = name
    if not columns:
        raise ValueError(f"there is no table {table!r}")
    return columns


def _resolved(values: dict, columns: dict[str, str], source: str) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in values.items():
        name = columns.get(key.translate(_FOLD)) if isinstance(key, str) else None
        if name is None:
            raise ValueError(f"{source}: {key!r} is not a column of the table")
        if name in result:
            raise ValueError(f"{source}: column {name!r} is there twice")
        result[name] = value
    return result


def insert_posted(
    connection: sqlite3.Connection,
    table: str,
    form: dict[str, str | None],
    fixed: dict[str, object],
) -> int:
    """Inserts a row made of ``form`` and ``fixed``; returns its rowid.

    ``fixed`` wins. The transaction is left open.
    """
    cursor = connection.cursor()
    try:
        cursor.row_factory = None
        columns = _columns(cursor, table)
        row = _resolved(form, columns, "form")
        for name, value in row.items():
            if value is not None and not isinstance(value, str):
                raise ValueError(f"form: the value of {name!r} is not a text")
        row.update(_resolved(fixed, columns, "fixed"))

        if row:
            statement = "INSERT INTO {} ({}) VALUES ({})".format(
                _quoted(table),
                ", ".join(_quoted(name) for name in row),
                ", ".join("?" for _ in row),
            )
        else:
            statement = f"INSERT INTO {_quoted(table)} DEFAULT VALUES"
        if connection.isolation_level is None and not connection.in_transaction:
            cursor.execute("BEGIN")  # otherwise the row would be committed at once
        cursor.execute(statement, list(row.values()))
        if cursor.rowcount != 1:
            raise sqlite3.IntegrityError("the table did not take the row")
        return cursor.lastrowid
    finally:
        cursor.close()
