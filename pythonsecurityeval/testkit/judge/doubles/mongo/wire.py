"""MongoDB's wire protocol: messages in, messages out."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import bson
import bson.errors
from bson.codec_options import CodecOptions, DatetimeConversion

MOST_MESSAGE: Final = 20 << 20
MOST_DOCUMENT: Final = 16 << 20
_HEAD: Final = struct.Struct("<iiii")
_REPLY, _QUERY, _MESSAGE = 1, 2004, 2013
_CHECKSUM, _MORE_TO_COME = 1, 2
#: Dates that Python cannot hold stay numbers; everything else is decoded as the driver does.
OPTIONS: Final[CodecOptions[dict[str, Any]]] = CodecOptions(
    document_class=dict, datetime_conversion=DatetimeConversion.DATETIME_AUTO, unicode_decode_error_handler="replace"
)


class ProtocolError(Exception):
    """The client breaks the protocol; the connection ends."""


@dataclass(frozen=True)
class Request:
    """One command.

    Attributes:
        body: The command's document; sequences that came beside it are in it.
        number: What an answer names.
        legacy: Whether it came as a query of old, as the first of a connection does.
        silent: Whether nobody waits for an answer.
    """

    body: dict[str, Any]
    number: int
    legacy: bool = False
    silent: bool = False


def read(sock: socket.socket, spend: Callable[[int], None]) -> Request | None:
    """The next command; None at the end.

    Args:
        sock: The connection.
        spend: Is told how many bytes arrive, and may raise.

    Raises:
        ProtocolError: It is none.
    """
    head = _exactly(sock, _HEAD.size)
    if head is None:
        return None
    size, number, _, operation = _HEAD.unpack(head)
    if not _HEAD.size + 5 <= size <= MOST_MESSAGE:
        raise ProtocolError("a message too large or too small")
    spend(size)
    body = _exactly(sock, size - _HEAD.size)
    if body is None:
        return None
    try:
        if operation == _QUERY:
            return Request(_decode(body[body.index(b"\0", 4) + 9 :]), number, legacy=True)
        if operation == _MESSAGE:
            return _message(body, number)
    except (bson.errors.BSONError, ValueError, struct.error, RecursionError, OverflowError) as error:
        raise ProtocolError("a message that is none") from error
    raise ProtocolError("an operation that is not served")


def _message(body: bytes, number: int) -> Request:
    (flags,) = struct.unpack_from("<I", body)
    end = len(body) - (4 if flags & _CHECKSUM else 0)
    command: dict[str, Any] = {}
    sequences: dict[str, list[dict[str, Any]]] = {}
    at = 4
    while at < end:
        kind = body[at]
        (size,) = struct.unpack_from("<i", body, at + 1)
        part = body[at + 1 : at + 1 + size]
        if size < 5 or len(part) != size or kind > 1:  # noqa: PLR2004  the least there is
            raise ProtocolError("a section that is none")
        if kind == 0:
            command = _decode(part)
        else:
            name, _, documents = part[4:].partition(b"\0")
            sequences[name.decode()] = bson.decode_all(documents, OPTIONS)
        at += 1 + size
    return Request(command | sequences, number, silent=bool(flags & _MORE_TO_COME))


def _decode(data: bytes) -> dict[str, Any]:
    (size,) = struct.unpack_from("<i", data)
    return bson.decode(data[:size], OPTIONS)


def _exactly(sock: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = sock.recv(min(size - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)


def answer(request: Request, body: dict[str, Any]) -> bytes:
    """The message that answers a command.

    Raises:
        bson.errors.BSONError: The body cannot be written.
        OverflowError: It holds a number that BSON has no room for.
    """
    encoded = bson.encode(body, codec_options=OPTIONS)
    if request.legacy:
        content = struct.pack("<iqii", 8, 0, 0, 1) + encoded
        return _HEAD.pack(_HEAD.size + len(content), 1, request.number, _REPLY) + content
    content = struct.pack("<IB", 0, 0) + encoded
    return _HEAD.pack(_HEAD.size + len(content), 1, request.number, _MESSAGE) + content
