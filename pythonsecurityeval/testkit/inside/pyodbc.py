"""`pyodbc`, as much of it as programs use, with the one driver for SQL Server."""

# ruff: noqa: D101, D102, D103, A001  the library documents itself and chose its names

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Self

from pythonsecurityeval.testkit.inside import sqlserver_line
from pythonsecurityeval.testkit.inside.sqlserver_line import Line, ServerError

version = "5.2.0"
apilevel, threadsafety, paramstyle = "2.0", 1, "qmark"
pooling, lowercase, native_uuid = True, False, False
SQL_AUTOCOMMIT, SQL_ATTR_CONNECTION_TIMEOUT, SQL_WVARCHAR, SQL_CHAR, SQL_WCHAR = 102, 113, -9, 1, -8
_DRIVER = "ODBC Driver 18 for SQL Server"
_PREFIX = f"[Microsoft][{_DRIVER}]"
_PAIR = re.compile(r"\s*([^=;{}]+?)\s*=\s*(\{(?:[^}]|\}\})*\}|[^;]*)\s*(?:;|$)")
_KEYS = {"uid": "user", "user": "user", "user id": "user", "pwd": "password", "password": "password"} | {
    "server": "server", "address": "server", "addr": "server", "host": "server", "port": "port",
    "database": "database", "initial catalog": "database", "driver": "driver", "dsn": "dsn",
}  # fmt: skip


class Warning(Exception): ...


class Error(Exception): ...


class InterfaceError(Error): ...


class DatabaseError(Error): ...


class DataError(DatabaseError): ...


class OperationalError(DatabaseError): ...


class IntegrityError(DatabaseError): ...


class InternalError(DatabaseError): ...


class ProgrammingError(DatabaseError): ...


class NotSupportedError(DatabaseError): ...


_CLASSES: tuple[tuple[str, type[Error]], ...] = (
    ("23", IntegrityError), ("22", DataError), ("42", ProgrammingError), ("21", ProgrammingError),
    ("28", InterfaceError), ("08", OperationalError), ("HYT", OperationalError), ("IM", InterfaceError),
)  # fmt: skip


def _raised(state: str, text: str, where: str) -> Error:
    kind = next((kind for start, kind in _CLASSES if state.startswith(start)), Error)
    return kind(state, f"[{state}] {_PREFIX}{text} ({where})")


def _of_server(error: ServerError, where: str = "SQLExecDirectW") -> Error:
    return _raised(error.state, f"[SQL Server]{error.text} ({error.number})", where)


class Row(Sequence[Any]):
    """A row: by number and by name."""

    __slots__ = ("_names", "_values", "cursor_description")

    def __init__(self, names: tuple[str, ...], values: list[Any], description: Any) -> None:
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_values", values)
        object.__setattr__(self, "cursor_description", description)

    def __getitem__(self, index: Any) -> Any:
        return tuple(self._values[index]) if isinstance(index, slice) else self._values[index]

    def __setitem__(self, index: int, value: Any) -> None:
        self._values[index] = value

    def __len__(self) -> int:
        return len(self._values)

    def __getattr__(self, name: str) -> Any:
        if name in self._names:
            return self._values[self._names.index(name)]
        raise AttributeError(f"'pyodbc.Row' object has no attribute {name!r}")

    def __setattr__(self, name: str, value: Any) -> None:
        self._values[self._names.index(name)] = value

    def __eq__(self, other: object) -> bool:
        return tuple(self) == (tuple(other) if isinstance(other, Row) else other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self._values))


class Cursor(sqlserver_line.Cursor):
    error: ClassVar[type[Exception]] = ProgrammingError

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection
        self.fast_executemany = False
        self.messages: list[tuple[str, str]] = []

    def execute(self, sql: str, *parameters: Any) -> Self:
        if len(parameters) == 1 and isinstance(parameters[0], list | tuple | Row):
            parameters = tuple(parameters[0])
        wanted = _markers(sql)
        if wanted != len(parameters):
            text = f"The SQL contains {wanted} parameter markers, but {len(parameters)} parameters were supplied"
            raise ProgrammingError(text, "HY000")
        self.take(self.connection.run(sql, parameters))
        return self

    def executemany(self, sql: str, parameters: Iterable[Any]) -> None:
        for one in parameters:
            self.execute(sql, *one)

    def fetchval(self) -> Any:
        row = self.fetchone()
        return None if row is None else row[0]

    def build(self, row: list[Any]) -> Row:
        names = tuple(column[0] for column in self.description or ())
        return Row(names, row, self.description)

    def skip(self, count: int) -> None:
        self.fetchmany(count)

    def commit(self) -> None:
        self.connection.commit()

    def rollback(self) -> None:
        self.connection.rollback()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None and not self.connection.autocommit:
            self.commit()

    def tables(self, table: str | None = None, catalog: Any = None, schema: Any = None, tableType: Any = None) -> Self:  # noqa: ARG002, N803  the library's
        sql = (
            "SELECT table_catalog AS table_cat, table_schema AS table_schem, table_name, 'TABLE' AS table_type,"
            " NULL AS remarks FROM information_schema.tables"
        )
        return self.execute(f"{sql} WHERE table_name LIKE ?", table) if table else self.execute(sql)

    def columns(self, table: str | None = None, *_: Any, **__: Any) -> Self:
        sql = "SELECT table_name, column_name, data_type AS type_name FROM information_schema.columns"
        return self.execute(f"{sql} WHERE table_name LIKE ?", table) if table else self.execute(sql)


class Connection:
    def __init__(self, line: Line, *, autocommit: bool) -> None:
        self._line: Line | None = line
        self._autocommit = autocommit
        self.timeout = 0

    def run(self, sql: str, parameters: Sequence[Any] = (), *, begins: bool = True) -> list[dict[str, Any]]:
        """What each statement of a request gave."""
        if self._line is None:
            raise ProgrammingError("Attempt to use a closed connection.")
        try:
            return self._line.query(sql, parameters, transaction=begins and not self._autocommit)
        except ServerError as error:
            raise _of_server(error) from None
        except TypeError as error:
            raise ProgrammingError("Invalid parameter type.", "HY105") from error
        except OSError as error:
            raise _raised("08S01", "Communication link failure (0)", "SQLExecDirectW") from error

    @property
    def autocommit(self) -> bool:
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value: bool) -> None:
        if value:
            self.commit()
        self._autocommit = value

    @property
    def closed(self) -> bool:
        return self._line is None

    def cursor(self) -> Cursor:
        if self._line is None:
            raise ProgrammingError("Attempt to use a closed connection.")
        return Cursor(self)

    def execute(self, sql: str, *parameters: Any) -> Cursor:
        return self.cursor().execute(sql, *parameters)

    def commit(self) -> None:
        self.run("COMMIT", begins=False)

    def rollback(self) -> None:
        self.run("ROLLBACK", begins=False)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def getinfo(self, _: int) -> str:
        return "Microsoft SQL Server"

    def setencoding(self, *_: Any, **__: Any) -> None:
        """All text is Unicode."""

    setdecoding = add_output_converter = set_attr = setencoding

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.rollback()


def _markers(sql: str) -> int:
    return re.sub(r"'(?:[^']|'')*'|\[[^\]]*\]|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", "", sql, flags=re.DOTALL).count("?")


def connect(connstring: str = "", autocommit: bool = False, timeout: int = 0, **given: Any) -> Connection:  # noqa: FBT001, FBT002  the library's
    # The library joins keywords to the text as they are, and of a key that comes twice the first counts.
    words = (f"{key}={value}" for key, value in given.items() if key not in {"ansi", "attrs_before", "encoding"})
    string = ";".join([connstring.rstrip(";"), *words]).strip(";")
    parts = {key.lower(): value for key, value in reversed(_PAIR.findall(string))}
    found = {_KEYS[key]: _bare(value) for key, value in parts.items() if key in _KEYS}
    if "driver" not in found and "dsn" not in found:
        text = "Data source name not found and no default driver specified (0)"
        raise InterfaceError("IM002", f"[IM002] [Microsoft][ODBC Driver Manager] {text} (SQLDriverConnect)")
    server = found.get("server", found.get("dsn", "localhost")).removeprefix("tcp:")
    host, _, port = server.partition(",")
    login = (found.get("user", ""), found.get("password", ""), found.get("database", ""))
    try:
        place = host.partition("\\")[0].replace("(local)", "localhost").replace("(localdb)", "localhost") or "localhost"
        line = Line(
            place if place != "." else "localhost", int(port or found.get("port") or 1433), *login, string, timeout
        )
    except ServerError as error:
        raise _of_server(error, "SQLDriverConnect") from None
    except ValueError as error:
        raise _raised("08001", "Invalid port (0)", "SQLDriverConnect") from error
    except OSError as error:
        late = isinstance(error, TimeoutError)
        raise _raised("HYT00" if late else "08001", "Login timeout expired (0)", "SQLDriverConnect") from error
    return Connection(line, autocommit=autocommit)


def _bare(value: str) -> str:
    return value[1:-1].replace("}}", "}") if value.startswith("{") and value.endswith("}") else value


def drivers() -> list[str]:
    return ["ODBC Driver 17 for SQL Server", _DRIVER]


def dataSources() -> dict[str, str]:  # noqa: N802  the library's
    return {}


Binary, BINARY = bytes, bytes
STRING, NUMBER, DATETIME, ROWID = str, float, datetime.datetime, int
Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime
