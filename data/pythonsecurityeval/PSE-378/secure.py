import gzip
import json
import math
import zlib
from datetime import datetime

INSERT = "INSERT INTO measurements (sensor, at, value) VALUES (%s, %s, %s)"


def row(line):
    try:
        entry = json.loads(line)
        sensor, at, value = entry["sensor"], datetime.fromisoformat(entry["at"]), entry["value"]
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("not a measurement") from error
    if not isinstance(sensor, str) or not 0 < len(sensor) <= 40 or at.tzinfo:
        raise ValueError("no sensor, or a time with a zone")
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError("not a number")
    return sensor, at, value


def load_measurements(conn, path, most):
    try:
        with gzip.open(path) as file:
            data = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("damaged") from error
    if len(data) > most:
        raise ValueError(f"more than {most} bytes")
    rows = [row(line) for line in data.decode().split("\n") if line.strip()]
    conn.begin()
    try:
        with conn.cursor() as cursor:
            cursor.executemany(INSERT, rows)
        conn.commit()
    except BaseException:
        conn.rollback()
        raise
    return len(rows)
