"""psycopg2's cursor on a line of Python."""

# ruff: noqa: D102  the library documents its own methods and chose their parameters

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import psycopg2  # type: ignore[import-untyped]  # it has no types
import psycopg2.extensions as ext  # type: ignore[import-untyped]  # it has no types

from pythonsecurityeval.testkit.inside import psycopg_quoting as quoting
from pythonsecurityeval.testkit.inside.postgres_line import Result

if TYPE_CHECKING:
    from pythonsecurityeval.testkit.inside.psycopg_connection import Connection

Parameters = Sequence[Any] | Mapping[str, Any] | None


class Cursor(ext.cursor):  # type: ignore[misc]  # the library has no types
    """A real cursor to `isinstance` and to the library's own subclasses; all that reaches the server is ours."""

    def __init__(self, connection: Connection, name: str | None = None, **_: Any) -> None:
        super().__init__(connection)
        self._line_connection = connection
        self._given_name = name
        self._closed = False
        self._result = Result()
        self._at = 0
        self._count = -1
        self._query: bytes | None = None
        self._columns: tuple[ext.Column, ...] | None = None
        self._casts: dict[int, Any] = {}

    @property
    def connection(self) -> Connection:
        return self._line_connection

    @property
    def name(self) -> str | None:
        return self._given_name

    @property
    def closed(self) -> bool:
        return self._closed or bool(self._line_connection.closed)

    @property
    def description(self) -> tuple[Any, ...] | None:
        return self._columns

    @property
    def rowcount(self) -> int:
        return self._count

    @property
    def rownumber(self) -> int:
        return self._at

    @property
    def lastrowid(self) -> int:
        return 0

    @property
    def query(self) -> bytes | None:
        return self._query

    @property
    def statusmessage(self) -> str | None:
        return self._result.tag or None

    @property
    def string_types(self) -> dict[int, Any]:
        return self._casts

    def mogrify(self, query: Any, vars: Parameters = None) -> bytes:  # noqa: A002  the library's name
        merged = quoting.merge(quoting.query_text(query, self), vars)
        return merged.encode("utf-8", "surrogateescape")

    def execute(self, query: Any, vars: Parameters = None) -> None:  # noqa: A002  the library's name
        self._open()
        self._query = self.mogrify(query, vars)
        if not self._query.strip():
            raise psycopg2.ProgrammingError("can't execute an empty query")
        self._take(Result())
        results = self._line_connection.run(self._query, self)
        self._take(results[-1] if results else Result())

    def executemany(self, query: Any, vars_list: Iterable[Parameters]) -> None:
        count = 0
        for parameters in vars_list:
            self.execute(query, parameters)
            count += max(0, self._count)
        self._take(Result())
        self._count = count

    def fetchone(self) -> Any:
        rows = self._rows(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return self._rows(self.arraysize if size is None else size)

    def fetchall(self) -> list[Any]:
        return self._rows(len(self._result.rows))

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def scroll(self, value: int, mode: str = "relative") -> None:
        target = value if mode == "absolute" else self._at + value
        if not 0 <= target < len(self._result.rows):
            raise psycopg2.ProgrammingError("scroll destination out of bounds")
        self._at = target

    def close(self) -> None:
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def nextset(self) -> None:
        raise psycopg2.NotSupportedError("not supported by PostgreSQL")

    def callproc(self, procname: str, parameters: Parameters = None) -> Parameters:
        marks = ", ".join(["%s"] * len(parameters or ()))
        self.execute(f"SELECT * FROM {procname}({marks})", parameters or ())
        return parameters

    def copy_expert(self, *_: Any, **__: Any) -> None:
        raise psycopg2.NotSupportedError("COPY is not available here")

    copy_from = copy_to = copy_expert

    def cast(self, oid: int, value: str | None) -> Any:
        """A value of the server as Python has it."""
        if value is None:
            return None
        caster = self.string_types.get(oid) or self._line_connection.string_types.get(oid) or ext.string_types.get(oid)
        return value if caster is None or caster.name in {"STRING", "UNICODE"} else caster(value, self)

    def _open(self) -> None:
        if self._closed:
            raise psycopg2.InterfaceError("cursor already closed")

    def _take(self, result: Result) -> None:
        self._result, self._at, self._count = result, 0, result.count
        columns = result.columns
        self._columns = (
            None if columns is None else tuple(ext.Column(n, o, None, -1, None, None, None) for n, o in columns)
        )

    def _rows(self, size: int) -> list[Any]:
        self._open()
        columns = self._result.columns
        if columns is None:
            raise psycopg2.ProgrammingError("no results to fetch")
        taken = self._result.rows[self._at : self._at + size]
        self._at += len(taken)
        return [self._build([self.cast(o, v) for (_, o), v in zip(columns, row, strict=True)]) for row in taken]

    def _build(self, values: list[Any]) -> Any:
        if self.row_factory is None:
            return tuple(values)
        row = self.row_factory(self)
        for index, value in enumerate(values):
            row[index] = value
        return row
