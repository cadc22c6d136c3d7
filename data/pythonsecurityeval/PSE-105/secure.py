import io

import numpy as np

PUT = "INSERT INTO arrays (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content"


def put_array(conn, name, array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    conn.execute(PUT, (name, file.getvalue()))


def get_array(conn, name):
    row = conn.execute("SELECT content FROM arrays WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise KeyError(name)
    try:
        return np.lib.format.read_array(io.BytesIO(row[0]), allow_pickle=False)
    except Exception as error:
        raise ValueError(f"{name} holds no array") from error
