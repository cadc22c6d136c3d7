import csv
import io
import sqlite3

import numpy as np
import pandas as pd


def load_readings(conn, upload, max_bytes):
    content = upload.read()
    if len(content) > max_bytes:
        raise ValueError("file too large")

    text = content.decode("utf-8")
    header = next(csv.reader(io.StringIO(text)), [])
    if not header or header[0] != "taken_at" or len(set(header)) != len(header):
        raise ValueError("bad header")

    df = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    df = df.melt(id_vars=["taken_at"], var_name="station", value_name="value")
    df = df[df["value"] != ""]
    df["value"] = df["value"].astype(float)
    if not np.isfinite(df["value"]).all():
        raise ValueError("bad value")
    try:
        df.to_sql("readings", conn, if_exists="append", index=False)
    except sqlite3.IntegrityError as e:
        raise ValueError("duplicate reading") from e
    return len(df)
