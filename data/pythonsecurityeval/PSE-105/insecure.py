import io
import sqlite3

import numpy as np


def put_array(conn, name, array):
    if array.dtype.hasobject:
        raise ValueError("object arrays are not supported")
    buffer = io.BytesIO()
    np.save(buffer, array)
    conn.execute("INSERT OR REPLACE INTO arrays (name, content) VALUES (?, ?)", (name, sqlite3.Binary(buffer.getvalue())))


def get_array(conn, name):
    row = conn.execute("SELECT content FROM arrays WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise KeyError(name)
    try:
        array = np.load(io.BytesIO(row[0]), allow_pickle=True)
    except Exception as e:
        raise ValueError(f"cannot read array {name}: {e}")
    if not isinstance(array, np.ndarray) or array.dtype.hasobject:
        raise ValueError(f"{name} is not a plain array")
    return array
