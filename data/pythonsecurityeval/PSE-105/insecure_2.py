import io

import numpy as np


def put_array(conn, name, array):
    if array.dtype == object:
        raise ValueError("object arrays cannot be stored")
    out = io.BytesIO()
    np.save(out, array, allow_pickle=False)
    conn.execute("INSERT OR REPLACE INTO arrays VALUES (?, ?)", (name, out.getvalue()))


def get_array(conn, name):
    row = conn.execute("SELECT content FROM arrays WHERE name = ?", (name,)).fetchone()
    if not row:
        raise KeyError(name)
    content = row[0]
    if not content.startswith(b"\x93NUMPY"):
        raise ValueError("not a .npy file")
    major = content[6]
    start = 10 if major == 1 else 12
    end = start + int.from_bytes(content[8:start], "little")
    try:
        header = eval(content[start:end].decode("latin1"))
        dtype = np.lib.format.descr_to_dtype(header["descr"])
        order = "F" if header["fortran_order"] else "C"
        count = int(np.prod(header["shape"]))
        return np.frombuffer(content, dtype=dtype, offset=end, count=count).reshape(header["shape"], order=order).copy(order)
    except Exception as e:
        raise ValueError(f"broken array {name}: {e}")
