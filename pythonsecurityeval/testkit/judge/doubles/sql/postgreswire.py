"""PostgreSQL's client/server protocol, version 3: messages and rows as text."""

from __future__ import annotations

import datetime
import decimal
import socket
import struct
import uuid
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.sql.errors import ProtocolError
from pythonsecurityeval.testkit.judge.doubles.sql.kinds import Json
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result

STARTUP, SSL_REQUEST, GSS_REQUEST, CANCEL = 196608, 80877103, 80877104, 80877102
_MOST_MESSAGE = 2 << 20
_KINDS: tuple[tuple[type, int], ...] = (
    (bool, 16),
    (bytes, 17),
    (int, 20),
    (float, 701),
    (decimal.Decimal, 1700),
    (datetime.datetime, 1114),
    (datetime.date, 1082),
    (datetime.time, 1083),
    (uuid.UUID, 2950),
    (Json, 3802),
)
_TEXT, _BOOLEAN, _TIMESTAMPTZ = 25, 16, 1184


class Line:
    """Messages of one connection."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock

    def read_startup(self) -> tuple[int, bytes] | None:
        """A message without a kind: the version or request code, and what follows; None at the end."""
        body = self._body()
        return (int.from_bytes(body[:4], "big"), body[4:]) if body is not None else None

    def read(self) -> tuple[bytes, bytes] | None:
        """The next message's kind and body; None at the end."""
        kind = self._exactly(1)
        body = self._body() if kind else None
        return None if kind is None or body is None else (kind, body)

    def send(self, *messages: bytes) -> None:
        """Send messages in a row."""
        self.sock.sendall(b"".join(messages))

    def _body(self) -> bytes | None:
        head = self._exactly(4)
        if head is None:
            return None
        size = int.from_bytes(head, "big") - 4
        if not 0 <= size <= _MOST_MESSAGE:
            raise ProtocolError("message too large")
        return self._exactly(size)

    def _exactly(self, size: int) -> bytes | None:
        data = bytearray()
        while len(data) < size:
            part = self.sock.recv(min(size - len(data), 1 << 20))
            if not part:
                return None
            data += part
        return bytes(data)


def message(kind: bytes, body: bytes = b"") -> bytes:
    """A message of the server."""
    return kind + struct.pack("!I", len(body) + 4) + body


def text(value: str) -> bytes:
    """Text as the protocol ends it."""
    return value.encode("utf-8", "surrogateescape").replace(b"\0", b"") + b"\0"


def error(state: str, words: str, *, fatal: bool = False) -> bytes:
    """An error with its SQLSTATE."""
    severity = "FATAL" if fatal else "ERROR"
    fields = (("S", severity), ("V", severity), ("C", state), ("M", words[:1000]))
    return message(b"E", b"".join(key.encode() + text(value) for key, value in fields) + b"\0")


def rows(result: Result, names: tuple[str, ...]) -> list[bytes]:
    """The messages of a result's columns and rows."""
    types = [_type([row[n] for row in result.rows]) for n in range(len(names))]
    columns = b"".join(
        text(name) + struct.pack("!IHIhih", 0, 0, kind, -1, -1, 0) for name, kind in zip(names, types, strict=True)
    )
    head = message(b"T", struct.pack("!H", len(names)) + columns)
    return [head, *(message(b"D", _row(row, types)) for row in result.rows)]


def _type(values: list[Any]) -> int:
    if any(isinstance(v, datetime.datetime) and v.tzinfo for v in values):
        return _TIMESTAMPTZ
    found = {_type_of(value) for value in values if value is not None}
    return found.pop() if len(found) == 1 else 701 if found == {20, 701} else _TEXT


def _type_of(value: Any) -> int:
    return next((oid for kind, oid in _KINDS if isinstance(value, kind)), _TEXT)


def _row(row: tuple[Any, ...], types: list[int]) -> bytes:
    cells = []
    for value, kind in zip(row, types, strict=True):
        data = None if value is None else _cell(value, kind)
        cells.append(struct.pack("!i", -1) if data is None else struct.pack("!i", len(data)) + data)
    return struct.pack("!H", len(row)) + b"".join(cells)


def _cell(value: Any, kind: int) -> bytes:
    if kind == _BOOLEAN:
        return b"t" if value else b"f"
    if isinstance(value, bytes):
        return b"\\x" + value.hex().encode()
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").encode()
    if isinstance(value, Json):
        return value.text.encode()
    return str(value).encode("utf-8", "surrogateescape")
