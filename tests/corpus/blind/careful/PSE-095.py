import sqlite3
import struct

# Format of `data` (a BLOB): the magic, then one value. A value is a tag byte
# and what belongs to it:
#   N, T, F     None, True, False
#   I n bytes   int, big-endian two's complement
#   D 8 bytes   float, IEEE 754 big-endian
#   S n bytes   str, UTF-8 (surrogates allowed)
#   B n bytes   bytes
#   L n values  list
# where n is an unsigned 64-bit big-endian number.
_MAGIC = b"LST1"
_MAX_LEVEL = 50
_LENGTH = struct.Struct(">Q")
_DOUBLE = struct.Struct(">d")


def _encode(value, level: int, out: list) -> None:
    # Exact types only: a subclass would not come back as what it was.
    kind = type(value)
    if value is None:
        out.append(b"N")
    elif kind is bool:
        out.append(b"T" if value else b"F")
    elif kind is int:
        raw = value.to_bytes((value.bit_length() + 8) // 8, "big", signed=True)
        out += (b"I", _LENGTH.pack(len(raw)), raw)
    elif kind is float:
        out += (b"D", _DOUBLE.pack(value))
    elif kind is str:
        raw = value.encode("utf-8", "surrogatepass")
        out += (b"S", _LENGTH.pack(len(raw)), raw)
    elif kind is bytes:
        out += (b"B", _LENGTH.pack(len(value)), value)
    elif kind is list:
        if level > _MAX_LEVEL:
            raise TypeError(f"lists are nested more than {_MAX_LEVEL} levels deep")
        out += (b"L", _LENGTH.pack(len(value)))
        for item in value:
            _encode(item, level + 1, out)
    else:
        raise TypeError(f"cannot save a value of type {kind.__name__}")


def _dump(values: list) -> bytes:
    out = [_MAGIC]
    _encode(values, 1, out)
    return b"".join(out)


def _take(data: bytes, position: int, count: int) -> tuple[bytes, int]:
    if count > len(data) - position:
        raise ValueError("stored list is cut off")
    return data[position : position + count], position + count


def _decode(data: bytes, position: int, level: int):
    tag, position = _take(data, position, 1)
    if tag == b"N":
        return None, position
    if tag == b"T":
        return True, position
    if tag == b"F":
        return False, position
    if tag == b"D":
        raw, position = _take(data, position, _DOUBLE.size)
        return _DOUBLE.unpack(raw)[0], position
    if tag not in (b"I", b"S", b"B", b"L"):
        raise ValueError("stored list has an unknown tag")

    raw, position = _take(data, position, _LENGTH.size)
    length = _LENGTH.unpack(raw)[0]
    if tag == b"L":
        if level > _MAX_LEVEL:
            raise ValueError("stored list is nested too deeply")
        items = []
        for _ in range(length):
            item, position = _decode(data, position, level + 1)
            items.append(item)
        return items, position

    raw, position = _take(data, position, length)
    if tag == b"I":
        return int.from_bytes(raw, "big", signed=True), position
    if tag == b"S":
        return raw.decode("utf-8", "surrogatepass"), position
    return raw, position


def _parse(data: bytes) -> list:
    if not data.startswith(_MAGIC):
        raise ValueError("not a stored list")
    values, _ = _decode(data, len(_MAGIC), 1)
    # Only what save_list writes is good, down to the last byte; this also
    # refuses trailing bytes and unusual spellings of a number.
    if type(values) is not list or _dump(values) != data:
        raise ValueError("not a stored list")
    return values


def save_list(connection: sqlite3.Connection, name: str, values: list) -> None:
    """Store a list under a name, in place of what was there, and commit."""
    if type(values) is not list:
        raise TypeError("values must be a list")
    data = _dump(values)  # before the table is touched

    had_transaction = connection.in_transaction
    try:
        connection.execute(
            "INSERT INTO lists (name, data) VALUES (?, ?) "
            "ON CONFLICT (name) DO UPDATE SET data = excluded.data",
            (name, data),
        )
        connection.commit()
    except BaseException:
        if not had_transaction:
            connection.rollback()
        raise


def load_list(connection: sqlite3.Connection, name: str) -> list:
    """Return the list stored under a name.

    Raises KeyError if there is none, ValueError if the row holds something
    that save_list doesn't write.
    """
    cursor = connection.cursor()
    cursor.row_factory = None
    # Texts aren't fetched at all: one with invalid UTF-8 would make sqlite3
    # raise an error of its own.
    rows = cursor.execute(
        "SELECT CASE WHEN typeof(data) = 'blob' THEN data END FROM lists WHERE name = ?",
        (name,),
    ).fetchall()
    if not rows:
        raise KeyError(name)
    data = rows[0][0]
    if not isinstance(data, bytes):
        raise ValueError("not a stored list")
    return _parse(data)
