"""MySQL's client/server protocol: packets, rows, parameters."""

from __future__ import annotations

import datetime
import decimal
import hashlib
import socket
import struct
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.sql.errors import ProtocolError
from pythonsecurityeval.testkit.judge.doubles.sql.kinds import Json
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result

LONG_PASSWORD, FOUND_ROWS, CONNECT_WITH_DB, SSL, SECURE = 0x1, 0x2, 0x8, 0x800, 0x8000
MULTI_STATEMENTS, PLUGIN_AUTH, LENENC_AUTH = 0x10000, 0x80000, 0x200000
#: What the server offers: the protocol of MySQL 4.1 and later, several results, authentication by plug-in.
OFFERED = (
    LONG_PASSWORD | FOUND_ROWS | 0x4 | CONNECT_WITH_DB | 0x200 | 0x2000 | SECURE | 0x70000 | PLUGIN_AUTH | LENENC_AUTH
)
PLUGIN = b"caching_sha2_password"
NONCE_SIZE = 20

IN_TRANSACTION, AUTOCOMMIT, MORE_RESULTS = 0x1, 0x2, 0x8
_MOST_PACKET = (1 << 24) - 2
_MOST_TAKEN = 2 << 20
_UTF8, _BINARY = 255, 63
_VAR_STRING, _BLOB, _LONGLONG, _DOUBLE, _DECIMAL, _JSON = 253, 252, 8, 5, 246, 245
_DATETIME, _DATE, _TIME = 12, 10, 11
_INTEGERS = {1: "b", 2: "h", 3: "i", 8: "q", 13: "h", 9: "i"}
_MOMENTS = {7, 10, 12}


class Line:
    """Packets of one connection; each command starts a new numbering."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.number = 0

    def read(self) -> bytes | None:
        """The next packet; None at the end.

        Raises:
            ProtocolError: It is larger than any honest one.
        """
        head = self._exactly(4)
        if head is None:
            return None
        size = int.from_bytes(head[:3], "little")
        if size > _MOST_TAKEN:
            raise ProtocolError("packet too large")
        self.number = (head[3] + 1) % 256
        return self._exactly(size)

    def send(self, *payloads: bytes) -> None:
        """Send packets in a row."""
        out = bytearray()
        for payload in payloads:
            if len(payload) > _MOST_PACKET:
                raise ProtocolError("packet too large")
            out += len(payload).to_bytes(3, "little") + bytes([self.number]) + payload
            self.number = (self.number + 1) % 256
        self.sock.sendall(out)

    def _exactly(self, size: int) -> bytes | None:
        data = bytearray()
        while len(data) < size:
            part = self.sock.recv(min(size - len(data), 1 << 20))
            if not part:
                return None
            data += part
        return bytes(data)


class Reader:
    """Fields of a packet.

    Every method raises `ProtocolError` where the packet ends too early.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        """So many bytes."""
        if size < 0 or self.at + size > len(self.data):
            raise ProtocolError("packet too short")
        self.at += size
        return self.data[self.at - size : self.at]

    def number(self, size: int) -> int:
        """An unsigned number of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    def text(self) -> bytes:
        """Bytes up to a zero."""
        end = self.data.find(0, self.at)
        found = self.take((len(self.data) if end < 0 else end) - self.at)
        self.at += 1
        return found

    def sized(self) -> bytes:
        """Bytes after their length."""
        first = self.number(1)
        size = first if first < 251 else self.number({252: 2, 253: 3, 254: 8}.get(first, 0))  # noqa: PLR2004  the protocol's
        return self.take(size)


def sized(data: bytes) -> bytes:
    """Bytes after their length, as the protocol writes it."""
    return length(len(data)) + data


def length(number: int) -> bytes:
    """A number in as many bytes as it needs, as the protocol writes it."""
    if number < 251:  # noqa: PLR2004  the protocol's
        return bytes([number])
    width, mark = (2, 252) if number < 1 << 16 else (3, 253) if number < 1 << 24 else (8, 254)
    return bytes([mark]) + number.to_bytes(width, "little")


def greeting(version: str, thread: int, nonce: bytes, offered: int) -> bytes:
    """The server's first packet."""
    return b"".join(
        [
            b"\x0a" + version.encode() + b"\0" + struct.pack("<I", thread) + nonce[:8] + b"\0",
            struct.pack("<HBHH", offered & 0xFFFF, _UTF8, AUTOCOMMIT, offered >> 16),
            bytes([NONCE_SIZE + 1]) + bytes(10) + nonce[8:] + b"\0" + PLUGIN + b"\0",
        ]
    )


def proof(password: str, nonce: bytes) -> bytes:
    """What a client that knows the password answers to the nonce."""
    if not password:
        return b""
    once = hashlib.sha256(password.encode()).digest()
    other = hashlib.sha256(hashlib.sha256(once).digest() + nonce).digest()
    return bytes(a ^ b for a, b in zip(once, other, strict=True))


def ok(status: int, *, rows: int = 0, last_id: int = 0) -> bytes:
    """A statement without rows is done."""
    return b"\0" + length(rows) + length(max(0, last_id)) + struct.pack("<HH", status, 0)


def failure(number: int, state: str, message: str) -> bytes:
    """Something went wrong."""
    return b"\xff" + struct.pack("<H", number) + b"#" + state.encode() + message.encode("utf-8", "replace")[:1000]


def end(status: int) -> bytes:
    """The end of columns or rows."""
    return b"\xfe" + struct.pack("<HH", 0, status)


def rows(result: Result, names: tuple[str, ...], status: int, *, binary: bool) -> list[bytes]:
    """The packets of a result with rows."""
    kinds = [_kind([row[n] for row in result.rows]) for n in range(len(names))]
    columns = [_column(name, kind) for name, kind in zip(names, kinds, strict=True)]
    write = _binary_row if binary else _text_row
    lines = [write(row, kinds) for row in result.rows]
    return [length(len(names)), *columns, end(status), *lines, end(status)]


def parameter_columns(count: int, status: int) -> list[bytes]:
    """The packets that describe parameters of a prepared statement."""
    return [*[_column("?", _VAR_STRING)] * count, end(status)] if count else []


def _kind(values: list[Any]) -> int:
    kinds = {_kind_of(value) for value in values if value is not None}
    return kinds.pop() if len(kinds) == 1 else _DOUBLE if kinds == {_DOUBLE, _LONGLONG} else _VAR_STRING


def _kind_of(value: Any) -> int:
    table = (
        (int, _LONGLONG),
        (float, _DOUBLE),
        (decimal.Decimal, _DECIMAL),
        (datetime.datetime, _DATETIME),
        (datetime.date, _DATE),
        (datetime.time, _TIME),
        (bytes, _BLOB),
        (Json, _JSON),
    )
    return next((kind for python, kind in table if isinstance(value, python)), _VAR_STRING)


def _column(name: str, kind: int) -> bytes:
    charset = _UTF8 if kind in {_VAR_STRING, _JSON} else _BINARY
    flags = 0x80 if charset == _BINARY else 0
    texts = b"".join(sized(t.encode("utf-8", "replace")) for t in ("def", "", "", "", name, name))
    decimals = 2 if kind == _DECIMAL else 31 if kind == _DOUBLE else 0
    return texts + b"\x0c" + struct.pack("<HIBHBH", charset, 1 << 20, kind, flags, decimals, 0)


def _text(value: Any) -> bytes:
    if isinstance(value, bytes):
        return value
    if isinstance(value, bool):
        return b"1" if value else b"0"
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ").encode()
    if isinstance(value, Json):
        return value.text.encode()
    if isinstance(value, float):
        return repr(value).encode()
    return str(value).encode("utf-8", "surrogateescape")


def _text_row(row: tuple[Any, ...], _: list[int]) -> bytes:
    return b"".join(b"\xfb" if value is None else sized(_text(value)) for value in row)


def _binary_row(row: tuple[Any, ...], kinds: list[int]) -> bytes:
    nulls = sum(1 << (n + 2) for n, value in enumerate(row) if value is None)
    values = (_binary(value, kind) for value, kind in zip(row, kinds, strict=True) if value is not None)
    return b"\0" + nulls.to_bytes((len(row) + 9) // 8, "little") + b"".join(values)


def _binary(value: Any, kind: int) -> bytes:
    if kind == _LONGLONG:
        return struct.pack("<q", int(value))
    if kind == _DOUBLE:
        return struct.pack("<d", float(value))
    if kind in {_DATETIME, _DATE}:
        moment = value if isinstance(value, datetime.datetime) else datetime.datetime.combine(value, datetime.time())
        packed = struct.pack("<HBBBBB", *moment.timetuple()[:6])
        return sized(packed + (struct.pack("<I", moment.microsecond) if moment.microsecond else b""))
    if kind == _TIME:
        return sized(struct.pack("<BIBBB", 0, 0, value.hour, value.minute, value.second))
    return sized(_text(value))


def parameters(reader: Reader, count: int, known: list[int]) -> tuple[list[int], tuple[Any, ...]]:
    """Types and values of a prepared statement's parameters; types are sent once and then known.

    Raises:
        ProtocolError: They are not as the protocol writes them.
    """
    if not count:
        return [], ()
    nulls = reader.number((count + 7) // 8)
    if reader.number(1):
        known = [reader.number(2) & 0xFF for _ in range(count)]
    if len(known) != count:
        raise ProtocolError("parameters without types")
    return known, tuple(None if nulls >> n & 1 else _parameter(reader, kind) for n, kind in enumerate(known))


def _parameter(reader: Reader, kind: int) -> Any:
    if kind in _INTEGERS:
        letter = _INTEGERS[kind]
        return struct.unpack("<" + letter, reader.take(struct.calcsize(letter)))[0]
    if kind in {4, 5}:
        return struct.unpack("<f" if kind == 4 else "<d", reader.take(4 if kind == 4 else 8))[0]  # noqa: PLR2004  FLOAT
    if kind == 6:  # noqa: PLR2004  NULL
        return None
    data = reader.sized()
    if kind in _MOMENTS:
        parts = [*struct.unpack("<HBBBBB", data[:7].ljust(7, b"\0")), int.from_bytes(data[7:], "little")]
        moment = f"{parts[0]:04}-{parts[1]:02}-{parts[2]:02}"
        return moment if kind == _DATE else f"{moment} {parts[3]:02}:{parts[4]:02}:{parts[5]:02}"
    return _text_or_bytes(data)


def _text_or_bytes(data: bytes) -> str | bytes:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data
