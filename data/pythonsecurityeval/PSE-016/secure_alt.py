import re
import sqlite3
from contextlib import closing
from itertools import islice
from urllib.parse import quote

BLANK = r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*"
QUERY = re.compile(BLANK + r"(?:select|with)\b", re.IGNORECASE | re.DOTALL)


def explore(db_path, sql, limit):
    """The first word excludes all but queries and writes with a WITH; a connection that only reads stops those."""
    if not QUERY.match(sql):
        raise PermissionError("only queries are allowed")
    with closing(sqlite3.connect(f"file:{quote(db_path)}?mode=ro", uri=True)) as db:
        try:
            cursor = db.execute(sql)
            names = [name for name, *_ in cursor.description or ()]
            return names, list(islice(cursor, limit))
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_READONLY"):
                raise PermissionError("this would write") from error
            raise ValueError(str(error)) from error
        except sqlite3.ProgrammingError as error:
            raise PermissionError(str(error)) from error
