import gzip
import json
import math
import zlib
from datetime import datetime


def check(item):
    if not isinstance(item, dict) or not {"sensor", "at", "value"} <= item.keys():
        raise ValueError("missing keys")
    if not isinstance(item["sensor"], str) or not 1 <= len(item["sensor"]) <= 40 or not isinstance(item["at"], str):
        raise ValueError("sensor or time")
    value = item["value"]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError("value")
    when = datetime.fromisoformat(item["at"])
    if when.tzinfo:
        raise ValueError("zone")
    return item["sensor"], when, value


def load_measurements(conn, path, most):
    count = 0
    total = 0
    try:
        with gzip.open(path, "rb") as stream, conn.cursor() as cursor:
            while line := stream.readline(most - total + 1):
                total += len(line)
                if total > most:
                    raise ValueError("delivery is too large")
                if line.strip():
                    cursor.execute("INSERT INTO measurements VALUES (%s, %s, %s)", check(json.loads(line)))
                    count += 1
        conn.commit()
    except (OSError, EOFError, zlib.error) as e:
        conn.rollback()
        raise ValueError("damaged delivery") from e
    except Exception:
        conn.rollback()
        raise
    return count
