import sqlite3
from contextlib import closing
from pathlib import Path

READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


def explore(db_path, sql, limit):
    denied = []

    def authorize(action, *_):
        if action in READING:
            return sqlite3.SQLITE_OK
        denied.append(action)
        return sqlite3.SQLITE_DENY

    uri = Path(db_path).absolute().as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        connection.set_authorizer(authorize)
        try:
            cursor = connection.execute(sql)
            if cursor.description is None:
                raise PermissionError("there is no query")
            return [column[0] for column in cursor.description], cursor.fetchmany(limit)
        except sqlite3.ProgrammingError as error:
            raise PermissionError("one statement at a time") from error
        except sqlite3.Error as error:
            if denied:
                raise PermissionError("only SELECT is allowed") from error
            raise ValueError(str(error)) from error
