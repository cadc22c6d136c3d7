import json
import zlib
from datetime import datetime


def unpacked(path, most):
    """Member by member, never more than is allowed."""
    with open(path, "rb") as file:
        packed = file.read()
    data = b""
    while packed:
        member = zlib.decompressobj(wbits=31)
        try:
            data += member.decompress(packed, most - len(data) + 1)
        except zlib.error as error:
            raise ValueError(str(error)) from None
        if len(data) > most:
            raise ValueError("too large")
        if not member.eof:
            raise ValueError("cut off")
        packed = member.unused_data.lstrip(b"\0")
    return data.decode("utf-8")


def refuse(constant):
    raise ValueError(constant)


def parse(text):
    for line in filter(str.strip, text.split("\n")):
        match json.loads(line, parse_constant=refuse):
            case {"sensor": str(sensor), "at": str(at), "value": bool()}:
                raise ValueError("value is no number")
            case {"sensor": str(sensor), "at": str(at), "value": int() | float() as value} if 1 <= len(sensor) <= 40:
                time = datetime.fromisoformat(at)
            case _:
                raise ValueError("another line")
        if time.utcoffset() is not None or abs(value) > 1e308:
            raise ValueError("zone or number")
        yield {"sensor": sensor, "at": time, "value": value}


def load_measurements(conn, path, most):
    measured = list(parse(unpacked(path, most)))
    with conn.cursor() as cursor:
        cursor.execute("START TRANSACTION")
        try:
            for entry in measured:
                cursor.execute("INSERT INTO measurements (value, at, sensor) VALUES (%(value)s, %(at)s, %(sensor)s)", entry)
        except Exception:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")
    return len(measured)
