"""A client of PostgreSQL's protocol, as much as simple queries need."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
from dataclasses import dataclass, field

_MOST_MESSAGE = 64 << 20


class ServerError(Exception):
    """The server answered with an error.

    Args:
        state: Its SQLSTATE.
        text: What it said.
    """

    def __init__(self, state: str, text: str) -> None:
        self.state = state
        self.text = text
        super().__init__(state, text)


class Gone(Exception):
    """The server hung up, or never was there."""


@dataclass
class Result:
    """What one statement gave: columns as name and type number, rows as text, and the server's word for it."""

    columns: list[tuple[str, int]] | None = None
    rows: list[list[str | None]] = field(default_factory=list)
    tag: str = ""

    @property
    def count(self) -> int:
        """Rows given or changed; -1 where that means nothing."""
        last = self.tag.rpartition(" ")[2]
        return int(last) if last.isdigit() else -1


class Line:
    """One connection."""

    def __init__(self, host: str, port: int, timeout: float | None = None) -> None:
        self.status = b"I"
        self.parameters: dict[str, str] = {}
        self._sock = socket.create_connection((host, port), timeout=timeout)
        self._buffer = b""

    def start(self, user: str, password: str, database: str) -> None:
        """Log in.

        Raises:
            ServerError: The server refuses.
            Gone: It hung up.
        """
        words = ("user", user, "database", database, "client_encoding", "UTF8")
        body = struct.pack("!I", 196608) + b"".join(_text(word) for word in words) + b"\0"
        self._sock.sendall(struct.pack("!I", len(body) + 4) + body)
        kind, answer = self._read()
        while kind == b"R" and answer[:4] == (3).to_bytes(4, "big"):
            self._send(b"p", _text(password))
            kind, answer = self._read()
        if kind == b"E":
            raise _error(answer)
        self._finish()
        self._sock.settimeout(None)

    def encrypt(self, host: str, *, check: bool, authorities: str | None) -> bool:
        """Ask for TLS; whether the server has it.

        Raises:
            ssl.SSLError: Its certificate is none that is trusted.
        """
        self._sock.sendall(struct.pack("!II", 8, 80877103))
        if self._sock.recv(1) != b"S":
            return False
        context = ssl.create_default_context(cafile=authorities)
        if not check:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        self._sock = context.wrap_socket(self._sock, server_hostname=host)
        return True

    def query(self, sql: bytes) -> list[Result]:
        """Run statements and return what each gave.

        Raises:
            ServerError: One fails; the server is ready again.
            Gone: It hung up.
        """
        self._send(b"Q", sql.replace(b"\0", b"") + b"\0")
        return self._finish()

    def close(self) -> None:
        """Say goodbye."""
        with contextlib.suppress(Gone):
            self._send(b"X", b"")
        self._sock.close()

    def fileno(self) -> int:
        """The socket's descriptor."""
        return self._sock.fileno()

    def _finish(self) -> list[Result]:
        results: list[Result] = []
        current = Result()
        failure: ServerError | None = None
        while True:
            kind, body = self._read()
            if kind == b"T":
                current.columns = _columns(body)
            elif kind == b"D":
                current.rows.append(_row(body))
            elif kind == b"C":
                current.tag = body.rstrip(b"\0").decode()
                results.append(current)
                current = Result()
            elif kind == b"S":
                name, value = body.split(b"\0")[:2]
                self.parameters[name.decode()] = value.decode()
            elif kind == b"E":
                failure = _error(body)
            elif kind == b"Z":
                self.status = body
                if failure:
                    raise failure
                return results

    def _send(self, kind: bytes, body: bytes) -> None:
        try:
            self._sock.sendall(kind + struct.pack("!I", len(body) + 4) + body)
        except OSError as error:
            raise Gone("server closed the connection unexpectedly") from error

    def _read(self) -> tuple[bytes, bytes]:
        head = self._exactly(5)
        size = int.from_bytes(head[1:], "big") - 4
        if not 0 <= size <= _MOST_MESSAGE:
            raise Gone("the server does not speak this protocol")
        return head[:1], self._exactly(size)

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            part = self._sock.recv(1 << 16)
            if not part:
                raise Gone("server closed the connection unexpectedly")
            self._buffer += part
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found


def _text(word: str) -> bytes:
    return word.encode("utf-8", "surrogateescape") + b"\0"


def _error(body: bytes) -> ServerError:
    fields = {part[:1]: part[1:].decode("utf-8", "replace") for part in body.split(b"\0") if part}
    return ServerError(fields.get(b"C", "XX000"), fields.get(b"M", ""))


def _columns(body: bytes) -> list[tuple[str, int]]:
    (count,) = struct.unpack_from("!H", body)
    columns, at = [], 2
    for _ in range(count):
        end = body.index(b"\0", at)
        (kind,) = struct.unpack_from("!I", body, end + 7)
        columns.append((body[at:end].decode(), kind))
        at = end + 19
    return columns


def _row(body: bytes) -> list[str | None]:
    (count,) = struct.unpack_from("!H", body)
    row: list[str | None] = []
    at = 2
    for _ in range(count):
        (size,) = struct.unpack_from("!i", body, at)
        at += 4
        row.append(None if size < 0 else body[at : at + size].decode("utf-8", "surrogateescape"))
        at += max(size, 0)
    return row
