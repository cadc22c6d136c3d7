import struct

# One letter for the type, for all but None and bools the length as eight bytes, then the value.
LENGTH = struct.Struct(">Q")


def packed(value, depth=0):
    kind = type(value)
    if kind is list and depth <= 60:
        letter, body = b"l", b"".join(packed(item, depth + 1) for item in value)
    elif value is None or kind is bool:
        letter, body = b"n" if value is None else b"ft"[value : value + 1], b""
    elif kind is int:
        letter, body = b"i", value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)
    elif kind is float:
        letter, body = b"d", struct.pack(">d", value)
    elif kind is str:
        letter, body = b"s", value.encode("utf-8", "surrogatepass")
    elif kind is bytes:
        letter, body = b"b", value
    else:
        raise TypeError(kind)
    return letter + LENGTH.pack(len(body)) + body


def unpacked(data, depth=0):
    """All values that follow each other in the bytes."""
    if depth > 61:
        raise ValueError("too deep")
    values = []
    while data:
        try:
            start = 1 + LENGTH.size
            letter, (length,) = data[:1], LENGTH.unpack(data[1:start])
            body, data = data[start : start + length], data[start + length :]
            if len(body) != length:
                raise ValueError("cut off")
            values.append(READERS[letter](body, depth))
        except (struct.error, KeyError) as error:
            raise ValueError("unknown format") from error
    return values


READERS = {
    b"l": lambda body, depth: unpacked(body, depth + 1),
    b"n": lambda body, depth: None,
    b"f": lambda body, depth: False,
    b"t": lambda body, depth: True,
    b"i": lambda body, depth: int.from_bytes(body, "big", signed=True),
    b"d": lambda body, depth: struct.unpack(">d", body)[0],
    b"s": lambda body, depth: body.decode("utf-8", "surrogatepass"),
    b"b": lambda body, depth: body,
}


def save_list(connection, name, values):
    data = packed(values)
    connection.execute("INSERT INTO lists VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data", (name, data))
    connection.commit()


def load_list(connection, name):
    for (data,) in connection.execute("SELECT data FROM lists WHERE name = ?", (name,)):
        if isinstance(data, bytes) and data[:1] == b"l":
            (values,) = unpacked(data)
            return values
        raise ValueError(f"{name}: not written by save_list")
    raise KeyError(name)
