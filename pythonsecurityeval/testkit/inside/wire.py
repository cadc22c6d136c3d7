"""Framed JSON with a closed list of tagged plain types: all that judge and candidate ever say to each other.

A frame is four bytes of length and that much JSON. A value that JSON has no
form for travels as ``{"t": tag, "v": ...}``; every JSON object is such a tag.
Both sides use this module, each with its own `Codec` for the values that only
it can make (handles, callbacks, givens).
"""

from __future__ import annotations

import base64
import collections
import datetime
import decimal
import json
import pathlib
import struct
import uuid
from collections.abc import Callable
from typing import Any, Protocol, cast

LIMIT = 8 << 20  #: Bytes of the longest frame.
DEPTH = 64  #: Levels of nesting in a value.
NODES = 1 << 20  #: Lists and objects in one frame.

_HEAD = struct.Struct("!I")
_CHUNK = 1 << 18
_SAFE = 1 << 53
_LARGEST_EXPONENT = 10_000
_MOST_ALIKE = 64  # keys of one hash; they are compared with each other one by one
_AS_IS = frozenset({type(None), bool, str, float})


class Closed(Exception):
    """The other side is gone, or broke the rules."""


class Tampered(Closed):
    """The other side broke the rules of the wire."""


class Unsendable(TypeError):
    """A value that cannot travel as plain data."""


class Channel(Protocol):
    """What is needed of a socket."""

    def sendall(self, data: bytes, /) -> None:
        """Send all of ``data``."""

    def recv(self, size: int, /) -> bytes:
        """Up to ``size`` bytes, none at the end."""


_dumps = json.JSONEncoder(separators=(",", ":")).encode


def pack(message: Any) -> bytes:
    """The frame of a JSON value.

    Raises:
        Unsendable: It would be longer than `LIMIT`.
    """
    body = _dumps(message).encode("ascii")
    if len(body) > LIMIT:
        raise Unsendable(f"{len(body)} bytes, more than {LIMIT}")
    return _HEAD.pack(len(body)) + body


def send(channel: Channel, message: Any) -> None:
    """Send one frame."""
    channel.sendall(pack(message))


def receive(channel: Channel) -> Any:
    """Receive one frame's JSON value.

    Raises:
        Closed: There is none to come.
        Tampered: It is too long, too rich, or not JSON.
    """
    return parse(receive_body(channel))


def receive_body(channel: Channel, spend: Callable[[int], None] | None = None) -> bytes | bytearray:
    """Receive one frame, not yet parsed; ``spend`` is told its length beforehand and may refuse it.

    Raises:
        Closed: There is none to come.
        Tampered: It is too long.
    """
    (size,) = _HEAD.unpack(_exactly(channel, _HEAD.size))
    if size > LIMIT:
        raise Tampered(f"a frame of {size} bytes")
    if spend:
        spend(size)
    return _exactly(channel, size)


def parse(body: bytes | bytearray) -> Any:
    """A frame's JSON value.

    Raises:
        Tampered: It is too rich, or not JSON.
    """
    if body.count(b"[") + body.count(b"{") > NODES:
        raise Tampered("a frame of too many parts")
    try:
        return json.loads(str(body, "ascii"))  # of bytes it would guess the encoding, and load what decodes it
    except (ValueError, RecursionError):
        raise Tampered("a frame that is not JSON") from None


def _exactly(channel: Channel, size: int) -> bytes | bytearray:
    part = channel.recv(min(size, _CHUNK)) if size else b""
    if len(part) == size:
        return part
    data = bytearray(part)  # and not a list: a frame may come in millions of pieces
    while len(data) < size:
        if not part:
            raise Closed("the connection ended")
        part = channel.recv(min(size - len(data), _CHUNK))
        data += part
    return data


class Codec:
    """Plain values to JSON and back; `rich` and `unrich` are a side's own values.

    `enc` raises `Unsendable`. `dec` raises whatever a malformed value leads to:
    the judge reads through `claim`, which makes `Tampered` of it.
    """

    path_type: type[pathlib.PurePath] = pathlib.PurePosixPath

    def rich(self, value: Any, depth: int) -> Any:
        """The JSON form of a value that is not plain."""
        del depth
        raise Unsendable(f"cannot send a {type(value).__module__}.{type(value).__qualname__}")

    def unrich(self, tag: Any, wire: dict[str, Any], depth: int) -> Any:
        """The value of a tag that is not plain."""
        del wire, depth
        raise Tampered(f"an unknown tag {tag!r:.40}")

    def enc(self, value: Any, depth: int = 0) -> Any:
        """The JSON form of ``value``."""
        kind = type(value)
        if kind in _AS_IS:
            return value
        if kind is int and -_SAFE < value < _SAFE:
            return value
        if depth >= DEPTH:
            raise Unsendable("nested too deeply")
        encode = _ENCODE.get(kind)
        return encode(self, value, depth + 1) if encode else self.rich(value, depth + 1)

    def dec(self, wire: Any, depth: int = 0) -> Any:
        """The value of a JSON form."""
        kind = type(wire)
        if kind is not list and kind is not dict:
            return wire
        if depth >= DEPTH:
            raise Tampered("nested too deeply")
        if kind is list:
            return [self.dec(item, depth + 1) for item in wire]
        tag = wire["t"]
        decode = _DECODE.get(tag)
        return decode(self, wire["v"], depth + 1) if decode else self.unrich(tag, wire, depth + 1)

    def claim(self, wire: Any) -> Any:
        """The value of a stranger's JSON form.

        Raises:
            Tampered: It has none.
        """
        try:
            return self.dec(wire)
        except (ValueError, TypeError, LookupError, ArithmeticError, RecursionError) as error:
            raise Tampered(f"a malformed value: {type(error).__name__}") from None


def _list(wire: Any) -> list[Any]:
    if type(wire) is not list:
        raise TypeError("not a list")
    return wire


def _str(wire: Any) -> str:
    if type(wire) is not str:
        raise TypeError("not a string")
    return wire


def _whole(wire: Any) -> int:
    if type(wire) is not int:
        raise TypeError("not an integer")
    return wire


def _tagged(tag: str, text: Callable[[Any], Any]) -> Callable[[Codec, Any, int], Any]:
    return lambda _codec, value, _depth: {"t": tag, "v": text(value)}


def _sequence(tag: str) -> Callable[[Codec, Any, int], Any]:
    return lambda codec, value, depth: {"t": tag, "v": [codec.enc(item, depth) for item in value]}


def _enc_list(codec: Codec, value: Any, depth: int) -> Any:
    return [codec.enc(item, depth) for item in value]


def _enc_dict(codec: Codec, value: Any, depth: int) -> Any:
    return {"t": "D", "v": [[codec.enc(key, depth), codec.enc(item, depth)] for key, item in value.items()]}


def _enc_decimal(_codec: Codec, value: decimal.Decimal, _depth: int) -> Any:
    if value.is_finite() and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise Unsendable("a decimal out of range")
    return {"t": "dec", "v": str(value)}


def _enc_bytes(value: Any) -> str:
    return base64.b64encode(value).decode("ascii")


def _enc_delta(value: datetime.timedelta) -> list[int]:
    return [value.days, value.seconds, value.microseconds]


def _dec_keys(codec: Codec, wire: list[Any], depth: int) -> list[Any]:
    """Values to be hashed; refused where they were chosen so that their hashes collide."""
    keys = [codec.dec(item, depth) for item in wire]
    if len(keys) > _MOST_ALIKE and max(collections.Counter(map(hash, keys)).values()) > _MOST_ALIKE:
        raise Tampered("too many keys of one hash")
    return keys


def _dec_dict(codec: Codec, wire: Any, depth: int) -> Any:
    pairs = [(key, value) for key, value in _list(wire)]
    keys = _dec_keys(codec, [key for key, _ in pairs], depth)
    return dict(zip(keys, [codec.dec(value, depth) for _, value in pairs], strict=True))


def _dec_decimal(_codec: Codec, wire: Any, _depth: int) -> Any:
    value = decimal.Decimal(_str(wire))
    if value.is_finite() and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise Tampered("a decimal out of range")
    return value


_ENCODE: dict[type, Callable[[Codec, Any, int], Any]] = {
    int: _tagged("i", hex),
    bytes: _tagged("b", _enc_bytes),
    bytearray: _tagged("b", _enc_bytes),
    memoryview: _tagged("b", _enc_bytes),
    list: _enc_list,
    tuple: _sequence("T"),
    set: _sequence("S"),
    frozenset: _sequence("F"),
    dict: _enc_dict,
    decimal.Decimal: _enc_decimal,
    datetime.datetime: _tagged("datetime", datetime.datetime.isoformat),
    datetime.date: _tagged("date", datetime.date.isoformat),
    datetime.time: _tagged("time", datetime.time.isoformat),
    datetime.timedelta: _tagged("td", _enc_delta),
    uuid.UUID: _tagged("uuid", str),
    pathlib.PosixPath: _tagged("path", str),
    pathlib.PurePosixPath: _tagged("path", str),
}

_DECODE: dict[Any, Callable[[Codec, Any, int], Any]] = {
    "i": lambda _c, v, _d: int(_str(v), 16),
    "b": lambda _c, v, _d: base64.b64decode(_str(v), validate=True),
    "T": lambda c, v, d: tuple([c.dec(item, d) for item in _list(v)]),
    "S": lambda c, v, d: set(_dec_keys(c, _list(v), d)),
    "F": lambda c, v, d: frozenset(_dec_keys(c, _list(v), d)),
    "D": _dec_dict,
    "dec": _dec_decimal,
    "datetime": lambda _c, v, _d: datetime.datetime.fromisoformat(_str(v)),
    "date": lambda _c, v, _d: datetime.date.fromisoformat(_str(v)),
    "time": lambda _c, v, _d: datetime.time.fromisoformat(_str(v)),
    "td": lambda _c, v, _d: datetime.timedelta(*[_whole(part) for part in _list(v)]),
    "uuid": lambda _c, v, _d: uuid.UUID(_str(v)),
    "path": lambda c, v, _d: c.path_type(_str(v)),
}


def check(value: Any, kind: type, what: str) -> Any:
    """``value`` if it is exactly of ``kind``.

    Raises:
        Tampered: It is not.
    """
    if type(value) is not kind:
        raise Tampered(f"{what} of type {type(value).__name__}")
    return cast("Any", value)
