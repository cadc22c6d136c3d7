import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def _escape(text: str, encoding: str) -> str:
    """Make a text safe for the terminal: only printable characters stay."""
    if not text.isprintable():
        text = "".join(
            char if char.isprintable() else repr(char)[1:-1] for char in text
        )
    # What the terminal's encoding doesn't have comes out as an escape, too.
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _show(value, encoding: str) -> str:
    if value is None:
        return "-"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, (int, float)):
        return repr(value)
    return _escape(value, encoding)


def _fetch(path: str, table: str) -> tuple[list[str], list[tuple]]:
    quoted = 'main."' + table.replace('"', '""') + '"'
    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        # Texts that aren't valid UTF-8 must not keep us from seeing the rest.
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        connection.execute("BEGIN")
        cursor = connection.execute(f"SELECT * FROM {quoted} LIMIT 0")
        names = [column[0] for column in cursor.description]

        # A column may hide the rowid under one of its three names.
        taken = {name.lower() for name in names}
        for rowid in ("rowid", "_rowid_", "oid"):
            if rowid not in taken:
                query = f"SELECT * FROM {quoted} ORDER BY {rowid}"
                break
        else:
            query = f"SELECT * FROM {quoted} NOT INDEXED"
        try:
            rows = connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            # A WITHOUT ROWID table: by its primary key.
            rows = connection.execute(f"SELECT * FROM {quoted} NOT INDEXED").fetchall()
    return names, rows


def print_table(path: str, table: str) -> None:
    """Print the rows of a table, by rowid, in aligned columns."""
    names, rows = _fetch(path, table)

    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    header = [_escape(name, encoding) for name in names]
    shown = [[_show(value, encoding) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *shown)]

    def line(cells, values) -> str:
        return "  ".join(
            cell.rjust(width) if isinstance(value, (int, float)) else cell.ljust(width)
            for cell, value, width in zip(cells, values, widths)
        ).rstrip(" ")

    print(line(header, names))
    for cells, row in zip(shown, rows):
        print(line(cells, row))
