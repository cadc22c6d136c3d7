"""`pymssql`, as much of it as programs use; parameters are put into the text by the client, as the library does."""

# ruff: noqa: D101, D102, D103, A001  the library documents itself and chose its names

from __future__ import annotations

import datetime
import decimal
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Self

from pythonsecurityeval.testkit.inside import sqlserver_line
from pythonsecurityeval.testkit.inside.sqlserver_line import Line, ServerError

__version__ = "2.3.2"
apilevel, threadsafety, paramstyle = "2.0", 1, "pyformat"


class Warning(Exception): ...


class Error(Exception): ...


class InterfaceError(Error): ...


class DatabaseError(Error): ...


class DataError(Error): ...


class OperationalError(DatabaseError): ...


class IntegrityError(DatabaseError): ...


class InternalError(DatabaseError): ...


class ProgrammingError(DatabaseError): ...


class NotSupportedError(DatabaseError): ...


class ColumnsWithoutNamesError(InterfaceError): ...


_CLASSES: tuple[tuple[str, type[Error]], ...] = (
    ("23", IntegrityError),
    ("42", ProgrammingError),
    ("22", OperationalError),
)


def _quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, int | float | decimal.Decimal):
        return str(value)
    if isinstance(value, bytes | bytearray):
        return f"0x{bytes(value).hex()}"
    if isinstance(value, datetime.datetime):
        return f"'{value.isoformat(' ', 'milliseconds')}'"
    if isinstance(value, datetime.date | datetime.time | uuid.UUID):
        return f"'{value}'"
    if isinstance(value, list | tuple):
        return "(" + ",".join(_quoted(item) for item in value) + ")"
    if isinstance(value, str):
        return "N'" + value.replace("'", "''") + "'"
    raise ValueError(f"expected a simple type, a tuple or a list, not {type(value).__name__}")


def _merged(sql: str, parameters: Any) -> str:
    if parameters is None:
        return sql
    if isinstance(parameters, Mapping):
        return sql % {name: _quoted(value) for name, value in parameters.items()}
    values: Sequence[Any] = parameters if isinstance(parameters, tuple | list) else (parameters,)
    try:
        return sql.replace("%d", "%s") % tuple(_quoted(value) for value in values)
    except TypeError as error:
        raise ValueError("params must match the placeholders of the statement") from error


class Cursor(sqlserver_line.Cursor):
    error: ClassVar[type[Exception]] = OperationalError
    no_rows: ClassVar[str] = "Statement not executed or executed statement has no resultset"

    def __init__(self, connection: Connection, *, as_dict: bool) -> None:
        super().__init__()
        self.connection = connection
        self.as_dict = as_dict
        self.lastrowid: Any = None

    def execute(self, operation: str, params: Any = None) -> None:
        self.take(self.connection.run(_merged(operation, params)))

    def executemany(self, operation: str, seq_of_parameters: Iterable[Any]) -> None:
        for one in seq_of_parameters:
            self.execute(operation, one)

    def build(self, row: list[Any]) -> Any:
        if not self.as_dict:
            return tuple(row)
        return {column[0]: value for column, value in zip(self.description or (), row, strict=True)}

    def __exit__(self, *_: object) -> None:
        self.close()


class Connection:
    def __init__(self, line: Line, *, as_dict: bool, autocommit: bool) -> None:
        self._line: Line | None = line
        self._autocommit = autocommit
        self.as_dict = as_dict

    def run(self, sql: str, *, begins: bool = True) -> list[dict[str, Any]]:
        """What each statement of a request gave."""
        if self._line is None:
            raise InterfaceError("Connection is closed.")
        try:
            return self._line.query(sql, (), transaction=begins and not self._autocommit)
        except ServerError as error:
            kind = next((kind for start, kind in _CLASSES if error.state.startswith(start)), OperationalError)
            raise kind(error.number, error.text.encode()) from None
        except OSError as error:
            raise OperationalError(20006, b"Write to the server failed") from error

    def cursor(self, as_dict: bool | None = None) -> Cursor:  # noqa: FBT001  the library's
        if self._line is None:
            raise InterfaceError("Connection is closed.")
        return Cursor(self, as_dict=self.as_dict if as_dict is None else as_dict)

    def autocommit(self, status: bool) -> None:  # noqa: FBT001  the library's
        if status:
            self.commit()
        self._autocommit = status

    @property
    def autocommit_state(self) -> bool:
        return self._autocommit

    def commit(self) -> None:
        self.run("COMMIT", begins=False)

    def rollback(self) -> None:
        self.run("ROLLBACK", begins=False)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(
    server: str = ".",
    user: str | None = None,
    password: str | None = None,
    database: str = "",
    timeout: int = 0,  # noqa: ARG001  the library's
    login_timeout: int = 60,
    charset: str = "UTF-8",  # noqa: ARG001  the library's
    as_dict: bool = False,  # noqa: FBT001, FBT002  the library's
    host: str = "",
    appname: str | None = None,  # noqa: ARG001  the library's
    port: str | int = "1433",
    autocommit: bool = False,  # noqa: FBT001, FBT002  the library's
    **_more: Any,
) -> Connection:
    place, _, own_port = (host or server).replace(",", ":").partition(":")
    place = "localhost" if place.partition("\\")[0] in {"", ".", "(local)"} else place.partition("\\")[0]
    try:
        line = Line(place, int(own_port or port), user or "", password or "", database, "", login_timeout)
    except ServerError as error:
        raise OperationalError(error.number, error.text.encode()) from None
    except OSError as error:
        text = f"Unable to connect: Adaptive Server is unavailable or does not exist ({place})"
        raise OperationalError(20009, text.encode()) from error
    return Connection(line, as_dict=as_dict, autocommit=autocommit)


Binary, BINARY = bytes, bytes
STRING, NUMBER, DATETIME, DECIMAL, ROWID = str, float, datetime.datetime, decimal.Decimal, int
Date, Time, Timestamp = datetime.date, datetime.time, datetime.datetime
