import gzip
import json
import math
import struct
import zlib
from datetime import datetime


def load_measurements(conn, path, most):
    with open(path, "rb") as f:
        packed = f.read()
    # the last four bytes of a gzip file hold the unpacked size
    if len(packed) < 18 or struct.unpack("<I", packed[-4:])[0] > most:
        raise ValueError("file is too large or damaged")
    try:
        text = gzip.decompress(packed).decode("utf-8")
    except (OSError, EOFError, zlib.error) as e:
        raise ValueError(f"cannot unpack: {e}")
    rows = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        item = json.loads(line)
        if not isinstance(item, dict):
            raise ValueError("not an object")
        sensor, at, value = item.get("sensor"), item.get("at"), item.get("value")
        if not isinstance(sensor, str) or not sensor or len(sensor) > 40 or not isinstance(at, str):
            raise ValueError("bad sensor or time")
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ValueError("bad value")
        at = datetime.fromisoformat(at)
        if at.tzinfo is not None:
            raise ValueError("time with zone")
        rows.append((sensor, at, value))
    conn.begin()
    try:
        with conn.cursor() as cur:
            cur.executemany("INSERT INTO measurements (sensor, at, value) VALUES (%s, %s, %s)", rows)
        conn.commit()
    except Exception:
        conn.rollback()
        raise
    return len(rows)
