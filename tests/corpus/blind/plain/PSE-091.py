import sqlite3


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def insert_posted(
    connection: sqlite3.Connection,
    table: str,
    form: dict[str, str | None],
    fixed: dict[str, object],
) -> int:
    cursor = connection.cursor()
    cursor.row_factory = None
    columns = [
        row[0] for row in cursor.execute("SELECT name FROM pragma_table_info(?)", (table,))
    ]

    unknown = [name for name in form if name not in columns]
    if unknown:
        raise ValueError(f"no such columns in {table}: {unknown}")

    # SQLite ignores the case of column names, so our own view may as well
    taken = {name.lower() for name in fixed}
    values = {name: value for name, value in form.items() if name.lower() not in taken}
    values.update(fixed)

    if values:
        names = ", ".join(_quote(name) for name in values)
        marks = ", ".join("?" for _ in values)
        cursor.execute(
            f"INSERT INTO {_quote(table)} ({names}) VALUES ({marks})", tuple(values.values())
        )
    else:
        cursor.execute(f"INSERT INTO {_quote(table)} DEFAULT VALUES")
    return cursor.lastrowid
