import sqlite3
import string
from contextlib import closing
from pathlib import Path

# SQLite ignores case in names for A-Z only; str.lower() would fold more than that.
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def _fold(name: str) -> str:
    return name.translate(_ASCII_LOWER)


def count_rows(path: str, table: str, hidden: set[str], cap: int) -> int:
    """Return the number of rows in `table`, at most `cap`."""
    wanted = _fold(table)
    if wanted.startswith("sqlite_") or wanted in {_fold(name) for name in hidden}:
        raise ValueError("no such table")

    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in names.fetchall():
            if _fold(name) == wanted:
                break
        else:
            raise ValueError("no such table")

        quoted = '"' + name.replace('"', '""') + '"'
        # A negative LIMIT would mean "no limit".
        (count,) = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {quoted} LIMIT ?)", (max(cap, 0),)
        ).fetchone()
        return count
