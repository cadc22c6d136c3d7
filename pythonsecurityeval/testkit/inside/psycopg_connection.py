"""psycopg2's connection on a line of Python."""

# ruff: noqa: D102, FBT001  the library documents its own methods and chose their parameters

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import types
from typing import Any, Self

import psycopg2  # type: ignore[import-untyped]  # it has no types
import psycopg2.errors  # type: ignore[import-untyped]  # it has no types
import psycopg2.extensions as ext  # type: ignore[import-untyped]  # it has no types

from pythonsecurityeval.testkit.inside.postgres_line import Gone, Line, Result, ServerError
from pythonsecurityeval.testkit.inside.psycopg_cursor import Cursor

_register_type = ext.register_type
_STATES = {
    b"I": ext.TRANSACTION_STATUS_IDLE,
    b"T": ext.TRANSACTION_STATUS_INTRANS,
    b"E": ext.TRANSACTION_STATUS_INERROR,
}


def connect(dsn: str, connection_factory: Any = None, **_: Any) -> Any:
    """What `psycopg2.connect` ends in."""
    if connection_factory is None:
        return Connection(dsn)
    if connection_factory is ext.connection:
        return Connection(dsn)
    if isinstance(connection_factory, type) and issubclass(connection_factory, ext.connection):
        return type(connection_factory.__name__, (connection_factory, Connection), {})(dsn)
    return connection_factory(dsn)


def register_type(obj: Any, scope: Any = None) -> None:
    """Register a type cast, for everybody or for one connection or cursor of ours."""
    if isinstance(scope, Connection | Cursor):
        scope.string_types.update(dict.fromkeys(obj.values, obj))
    else:
        _register_type(obj)


def _excuse(error: Exception, host: str, where: str) -> str:
    """Why there is no connection, in libpq's words."""
    if isinstance(error, socket.gaierror):
        return f'could not translate host name "{host}" to address: {error.strerror}\n'
    if isinstance(error, ssl.SSLError):
        return f"{where}SSL error: {error.reason}\n"
    if isinstance(error, TimeoutError):
        return f"{where}timeout expired\n"
    return f"{where}{getattr(error, 'strerror', None) or error}\n"


class Connection(ext.connection):  # type: ignore[misc]  # the library has no types
    """A real connection to `isinstance`; all that reaches the server is ours."""

    def __init__(self, dsn: str, async_: int = 0, **_: Any) -> None:
        # The real __init__ is left out: it would let libpq connect.
        if async_:
            raise psycopg2.NotSupportedError("asynchronous connections are not available here")
        self._dsn = dsn
        self._given = ext.parse_dsn(dsn)
        self._closed = 0
        self._autocommit = False
        self._isolation: int | None = None
        self._factory: Any = None
        self._line_lock = threading.RLock()
        self._notes: list[str] = []
        self._casts: dict[int, Any] = {}
        self._line = self._connect()

    def _connect(self) -> Line:
        host, port = self._place()
        user = self._given.get("user") or "candidate"
        timeout = int(self._given.get("connect_timeout") or 0) or None
        where = f'connection to server at "{host}", port {port} failed: '
        with contextlib.ExitStack() as undo:
            try:
                line = Line(host, port, timeout)
                undo.callback(line.close)
                self._secure(line, host)
                line.start(user, self._given.get("password") or "", self._given.get("dbname") or user)
            except ServerError as error:
                raise psycopg2.OperationalError(f"{where}FATAL:  {error.text}\n") from None
            except (OSError, Gone) as error:
                raise psycopg2.OperationalError(_excuse(error, host, where)) from None
            undo.pop_all()
            return line

    def _place(self) -> tuple[str, int]:
        host = (self._given.get("host") or "localhost").split(",")[0]
        port = (str(self._given.get("port") or "") or "5432").split(",")[0]
        return "localhost" if host.startswith("/") else self._given.get("hostaddr") or host, int(port)

    def _secure(self, line: Line, host: str) -> None:
        mode = self._given.get("sslmode") or "prefer"
        if mode in {"disable", "allow"}:
            return
        roots = self._given.get("sslrootcert")
        check = mode in {"verify-ca", "verify-full"} or (mode == "require" and bool(roots))
        has = line.encrypt(host, check=check, authorities=None if roots == "system" else roots)
        if not has and mode != "prefer":
            raise psycopg2.OperationalError("server does not support SSL, but SSL was required\n")

    def run(self, query: bytes, cursor: Cursor | None = None) -> list[Result]:
        """Run statements, within a transaction unless the connection commits by itself."""
        self._open()
        with self._line_lock:
            try:
                if not self._autocommit and self._line.status == b"I":
                    self._line.query(b"BEGIN")
                return self._line.query(query)
            except ServerError as error:
                raise self._error(error, cursor) from None
            except (Gone, OSError) as error:
                self._closed = 2
                raise psycopg2.OperationalError(str(error)) from error

    def _error(self, error: ServerError, cursor: Cursor | None) -> Exception:
        try:
            kind = psycopg2.errors.lookup(error.state)
        except KeyError:
            kind = psycopg2.DatabaseError
        found: Exception = kind(f"{error.text}\n")
        found.__setstate__({"pgcode": error.state, "pgerror": f"ERROR:  {error.text}\n", "cursor": cursor})
        return found

    def _open(self) -> None:
        if self._closed:
            raise psycopg2.InterfaceError("connection already closed")

    def cursor(self, name: str | None = None, cursor_factory: Any = None, *_: Any, **__: Any) -> Any:
        self._open()
        factory = cursor_factory or self._factory or Cursor
        if isinstance(factory, type) and issubclass(Cursor, factory):
            factory = Cursor
        elif isinstance(factory, type) and not issubclass(factory, Cursor):
            factory = type(factory.__name__, (factory, Cursor), {})
        return factory(self, name) if name is not None else factory(self)

    def commit(self) -> None:
        self._end(b"COMMIT")

    def rollback(self) -> None:
        self._end(b"ROLLBACK")

    def _end(self, word: bytes) -> None:
        self._open()
        with self._line_lock:
            if self._line.status != b"I":
                try:
                    self._line.query(word)
                except ServerError as error:
                    raise self._error(error, None) from None

    def close(self) -> None:
        if not self._closed:
            self._closed = 1
            self._line.close()

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.rollback()

    def __del__(self) -> None:
        if hasattr(self, "_line"):
            self.close()

    @property
    def autocommit(self) -> bool:
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value: bool) -> None:
        if self._line.status != b"I":
            raise psycopg2.ProgrammingError("set_session cannot be used inside a transaction")
        self._autocommit = bool(value)

    @property
    def isolation_level(self) -> int | None:
        return self._isolation

    @isolation_level.setter
    def isolation_level(self, level: Any) -> None:
        self.set_isolation_level(level)

    def set_isolation_level(self, level: Any) -> None:
        self._end(b"ROLLBACK")
        self._autocommit = level == ext.ISOLATION_LEVEL_AUTOCOMMIT
        self._isolation = None if self._autocommit else level

    def set_session(self, isolation_level: Any = None, autocommit: bool | None = None, **_: Any) -> None:
        if isolation_level is not None:
            self._isolation = isolation_level
        if autocommit is not None:
            self.autocommit = autocommit

    @property
    def string_types(self) -> dict[int, Any]:
        return self._casts

    @property
    def cursor_factory(self) -> Any:
        return self._factory

    @cursor_factory.setter
    def cursor_factory(self, factory: Any) -> None:
        self._factory = factory

    @property
    def closed(self) -> int:
        return self._closed

    @property
    def dsn(self) -> str:
        return " ".join("password=xxx" if w.startswith("password=") else w for w in self._dsn.split())

    @property
    def status(self) -> int:
        return int(ext.STATUS_READY if self._line.status == b"I" else ext.STATUS_BEGIN)

    @property
    def encoding(self) -> str:
        return "UTF8"

    @property
    def server_version(self) -> int:
        return 160002

    @property
    def notices(self) -> list[str]:
        return self._notes

    @property
    def info(self) -> Any:
        host, port = self._place()
        return types.SimpleNamespace(
            host=host,
            port=port,
            user=self._given.get("user"),
            dbname=self._given.get("dbname"),
            password=self._given.get("password"),
            status=int(bool(self._closed)),
            transaction_status=self.get_transaction_status(),
            server_version=self.server_version,
            parameter_status=self.get_parameter_status,
        )

    def get_transaction_status(self) -> Any:
        return ext.TRANSACTION_STATUS_UNKNOWN if self._closed else _STATES.get(self._line.status)

    def get_parameter_status(self, name: str) -> str | None:
        return self._line.parameters.get(name)

    def get_dsn_parameters(self) -> dict[str, str]:
        return {name: value for name, value in self._given.items() if name != "password"}

    def set_client_encoding(self, _encoding: str) -> None:
        self._open()

    def get_backend_pid(self) -> int:
        return 8

    def fileno(self) -> int:
        return self._line.fileno()

    def isexecuting(self) -> bool:
        return False

    def cancel(self) -> None:
        self._open()

    def reset(self) -> None:
        self.rollback()
