import sqlite3
import sys
from contextlib import closing
from pathlib import Path


def _printable(text: str) -> str:
    """Text with every non-printable character written as repr() does."""
    text = "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
    # The same for what the terminal's encoding doesn't have.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _cell(value) -> str:
    if value is None:
        return "-"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, str):
        return _printable(value)
    return str(value)


def print_table(path: str, table: str) -> None:
    """Print a table of the SQLite file, with a header line and aligned columns."""
    quoted = '"' + table.replace('"', '""') + '"'
    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        # Text that isn't valid UTF-8 shouldn't keep us from seeing the rest.
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")

        cursor = connection.execute(f"SELECT * FROM {quoted} LIMIT 0")
        names = [column[0] for column in cursor.description]
        # An ordinary column may be called "rowid"; then take another alias.
        taken = {name.lower() for name in names}
        rowid = next((a for a in ("rowid", "_rowid_", "oid") if a not in taken), "rowid")
        rows = connection.execute(f"SELECT * FROM {quoted} ORDER BY {rowid}").fetchall()

    # Each line is a list of (text, flush right?) pairs.
    lines = [[(_printable(name), False) for name in names]]
    for row in rows:
        lines.append([(_cell(value), isinstance(value, (int, float))) for value in row])
    widths = [max(len(text) for text, _ in column) for column in zip(*lines)]

    for line in lines:
        cells = [
            text.rjust(width) if right else text.ljust(width)
            for (text, right), width in zip(line, widths)
        ]
        print("  ".join(cells).rstrip(" "))
