"""Lists of plain values in an SQLite table.

`data` is a blob: each value is one tag byte followed by
  N, T, F  nothing (None, True, False)
  D        8 bytes, big-endian double
  I, S, B  an 8-byte length and as many bytes (two's complement, UTF-8, as is)
  L        an 8-byte count and as many values
"""

import sqlite3
import struct

MAX_LEVELS = 50  # the outermost list is level 1


def _encode(value, level: int, out: bytearray) -> None:
    # Exact types only: subclasses couldn't be given back as what they were.
    kind = type(value)
    if value is None:
        out += b"N"
    elif kind is bool:
        out += b"T" if value else b"F"
    elif kind is float:
        out += b"D" + struct.pack(">d", value)
    elif kind is int:
        raw = value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)
        out += b"I" + struct.pack(">Q", len(raw)) + raw
    elif kind is str:
        raw = value.encode("utf-8", "surrogatepass")
        out += b"S" + struct.pack(">Q", len(raw)) + raw
    elif kind is bytes:
        out += b"B" + struct.pack(">Q", len(value)) + value
    elif kind is list:
        if level >= MAX_LEVELS:
            raise TypeError(f"lists may be nested {MAX_LEVELS} levels deep at most")
        out += b"L" + struct.pack(">Q", len(value))
        for item in value:
            _encode(item, level + 1, out)
    else:
        raise TypeError(f"cannot save a value of type {kind.__name__}")


def _dump(values: list) -> bytes:
    if type(values) is not list:
        raise TypeError("not a list")
    out = bytearray()
    _encode(values, 0, out)
    return bytes(out)


class _Reader:
    def __init__(self, data: bytes):
        self.data = data
        self.position = 0

    def take(self, size: int) -> bytes:
        end = self.position + size
        if end > len(self.data):
            raise ValueError("data is cut off")
        chunk = self.data[self.position:end]
        self.position = end
        return chunk

    def size(self) -> int:
        return struct.unpack(">Q", self.take(8))[0]

    def value(self, level: int):
        tag = self.take(1)
        if tag == b"N":
            return None
        if tag == b"T":
            return True
        if tag == b"F":
            return False
        if tag == b"D":
            return struct.unpack(">d", self.take(8))[0]
        if tag == b"I":
            return int.from_bytes(self.take(self.size()), "big", signed=True)
        if tag == b"S":
            return self.take(self.size()).decode("utf-8", "surrogatepass")
        if tag == b"B":
            return self.take(self.size())
        if tag == b"L":
            if level >= MAX_LEVELS:
                raise ValueError("lists are nested too deep")
            return [self.value(level + 1) for _ in range(self.size())]
        raise ValueError("unknown tag")


def _parse(data: bytes) -> list:
    values = _Reader(data).value(0)
    # Also catches trailing bytes and numbers written in some other way.
    if type(values) is not list or _dump(values) != data:
        raise ValueError("data isn't what save_list writes")
    return values


def save_list(connection: sqlite3.Connection, name: str, values: list) -> None:
    data = _dump(values)
    with connection:
        connection.execute(
            "INSERT OR REPLACE INTO lists (name, data) VALUES (?, ?)", (name, data)
        )


def load_list(connection: sqlite3.Connection, name: str) -> list:
    # Anything but a blob comes as NULL, broken text wouldn't even be fetched.
    row = connection.execute(
        "SELECT CASE WHEN typeof(data) = 'blob' THEN data END FROM lists WHERE name = ?",
        (name,),
    ).fetchone()
    if row is None:
        raise KeyError(name)
    if row[0] is None:
        raise ValueError("data isn't what save_list writes")
    return _parse(row[0])
