import sqlite3
import string
from contextlib import closing
from pathlib import Path

# SQLite folds the case of A-Z only; str.lower() would fold more than that.
_FOLD = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_MAX_INTEGER = 2**63 - 1


def count_rows(path: str, table: str, hidden: set[str], cap: int) -> int:
    """Return the number of rows of `table`, but never more than `cap`.

    Raises ValueError if there is no such table, which goes for hidden tables
    and SQLite's internal ones too.
    """
    wanted = table.translate(_FOLD)
    if wanted.startswith("sqlite_") or wanted in {
        name.translate(_FOLD) for name in hidden
    }:
        raise ValueError("no such table")

    # A negative LIMIT would mean "no limit" to SQLite.
    limit = max(0, min(cap, _MAX_INTEGER))

    uri = Path(path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("BEGIN")  # both queries see the same state
        names = connection.execute(
            "SELECT name FROM main.sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (name,) in names:
            if name.translate(_FOLD) == wanted:
                break
        else:
            raise ValueError("no such table")

        # The name is the one from the schema, not the one from the request.
        quoted = '"' + name.replace('"', '""') + '"'
        row = connection.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM main.{quoted} LIMIT ?)", (limit,)
        ).fetchone()
        return row[0]
