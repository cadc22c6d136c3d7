import csv
import io
import math
import sqlite3

import pandas as pd

CHUNK = 500  # lines; keeps the frames small


def load_readings(conn, upload, max_bytes):
    data = upload.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ValueError(f"file is larger than {max_bytes} bytes")
    text = data.decode("utf-8")
    columns = next(csv.reader([text.partition("\n")[0]]), [])
    if columns[:1] != ["taken_at"] or len(columns) != len(set(columns)):
        raise ValueError("unexpected header")

    total = 0
    for chunk in pd.read_csv(io.StringIO(text), dtype=str, na_filter=False, chunksize=CHUNK):
        long = chunk.melt(id_vars="taken_at", var_name="station", value_name="value")
        long = long[long["value"] != ""]
        long["value"] = long["value"].map(float)
        if not long["value"].map(math.isfinite).all():
            raise ValueError("value is not a finite number")
        try:
            total += long.to_sql("readings", conn, if_exists="append", index=False) or 0
        except sqlite3.IntegrityError:
            raise ValueError("reading exists already")
    return total
