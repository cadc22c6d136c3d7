import io
import sqlite3

import numpy as np
import pandas as pd


def load_readings(conn, upload, max_bytes):
    data = upload.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise ValueError(f"more than {max_bytes} bytes")
    wide = pd.read_csv(io.BytesIO(data), header=None, dtype=str, keep_default_na=False)
    header = wide.loc[0]
    if header[0] != "taken_at" or header.duplicated().any():
        raise ValueError("not the header of a file of readings")
    long = wide[1:].set_axis(header, axis="columns").melt("taken_at", var_name="station", value_name="value")
    long = long[long["value"] != ""]
    values = pd.to_numeric(long["value"])
    if not np.isfinite(values).all():
        raise ValueError("a value is not finite")
    rows = list(zip(long["station"], long["taken_at"], values.tolist(), strict=True))
    try:
        with conn:
            conn.executemany("INSERT INTO readings (station, taken_at, value) VALUES (?, ?, ?)", rows)
    except sqlite3.IntegrityError as error:
        raise ValueError("a reading is there already") from error
    return len(rows)
