"""A client of the double of SQL Server, and the cursor that its drivers share."""

# ruff: noqa: D102  the DB-API documents its own methods

from __future__ import annotations

import datetime
import decimal
import socket
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Self

from pythonsecurityeval.testkit.inside import wire

_KINDS: tuple[type, ...] = (bool, int, float, decimal.Decimal, datetime.datetime, datetime.date, bytes, uuid.UUID, str)


class ServerError(Exception):
    """The server answered with an error.

    Args:
        number: Its number.
        state: Its SQLSTATE.
        text: What it said.
    """

    def __init__(self, number: int, state: str, text: str) -> None:
        self.number = number
        self.state = state
        self.text = text
        super().__init__(number, state, text)


class Line:
    """One connection.

    Raises:
        OSError: Nobody answers.
        ServerError: The login fails.
    """

    def __init__(
        self, host: str, port: int, user: str, password: str, database: str, string: str = "", timeout: float = 0
    ) -> None:
        self._codec = wire.Codec()
        self._sock = socket.create_connection((host, port), timeout=timeout or None)
        login = {"user": user, "password": password, "database": database, "string": string}
        try:
            self._ask(login)
        except ServerError:
            self._sock.close()
            raise
        self._sock.settimeout(None)

    def query(self, sql: str, parameters: Sequence[Any], *, transaction: bool) -> list[dict[str, Any]]:
        """What each statement of a request gave.

        Raises:
            OSError: The server hung up.
            ServerError: One fails.
        """
        return self._ask({"sql": sql, "parameters": list(parameters), "transaction": transaction})

    def close(self) -> None:
        self._sock.close()

    def _ask(self, message: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            wire.send(self._sock, self._codec.enc(message))
            answer = self._codec.dec(wire.receive(self._sock))
        except wire.Closed as error:
            raise ConnectionResetError("the server hung up") from error
        if answer.get("error"):
            raise ServerError(*answer["error"])
        found: list[dict[str, Any]] = answer["results"]
        return found


class Cursor:
    """What the drivers' cursors have in common; each says how a statement is sent and a row is built."""

    arraysize: int
    no_rows: ClassVar[str] = "No results.  Previous SQL was not a query."
    error: ClassVar[type[Exception]]

    def __init__(self) -> None:
        self.arraysize = 1
        self.rowcount = -1
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self._results: list[dict[str, Any]] = []
        self._rows: list[Any] = []
        self._at = 0
        self._closed = False

    def take(self, results: list[dict[str, Any]]) -> None:
        """Begin with the first of several results."""
        self._results = results
        self._next()

    def _next(self) -> bool:
        self._rows, self._at, self.description, self.rowcount = [], 0, None, -1
        if not self._results:
            return False
        result = self._results.pop(0)
        self.rowcount = result["count"]
        if result["columns"] is not None:
            kinds = [_kind([row[n] for row in result["rows"]]) for n in range(len(result["columns"]))]
            pairs = zip(result["columns"], kinds, strict=True)
            self.description = tuple((name, kind, None, None, None, None, True) for name, kind in pairs)
            self._rows, self.rowcount = result["rows"], -1
        return True

    def build(self, row: list[Any]) -> Any:
        raise NotImplementedError

    def nextset(self) -> bool:
        return self._next()

    def fetchone(self) -> Any:
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        if self._closed or self.description is None:
            raise self.error("The cursor's connection has been closed." if self._closed else self.no_rows)
        taken = self._rows[self._at : self._at + (self.arraysize if size is None else size)]
        self._at += len(taken)
        return [self.build(row) for row in taken]

    def fetchall(self) -> list[Any]:
        return self.fetchmany(len(self._rows))

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def close(self) -> None:
        self._closed = True

    def __enter__(self) -> Self:
        return self

    def setinputsizes(self, *_: Any) -> None:
        """Nothing is prepared."""

    def setoutputsize(self, *_: Any) -> None:
        """Nothing is prepared."""


def _kind(values: list[Any]) -> type:
    first = next((value for value in values if value is not None), "")
    return next((kind for kind in _KINDS if isinstance(first, kind)), str)
