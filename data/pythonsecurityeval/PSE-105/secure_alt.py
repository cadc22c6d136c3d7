import ast
import struct

import numpy

MAGIC = b"\x93NUMPY"


def put_array(conn, name, array):
    if array.dtype.hasobject:
        raise ValueError("arrays of objects are not kept")
    fortran = array.flags.f_contiguous and not array.flags.c_contiguous
    header = {"descr": numpy.lib.format.dtype_to_descr(array.dtype), "fortran_order": fortran, "shape": array.shape}
    text = repr(header).encode()
    text += b" " * (-(len(MAGIC) + 6 + len(text) + 1) % 64) + b"\n"
    content = MAGIC + b"\x02\x00" + struct.pack("<I", len(text)) + text + array.tobytes("F" if fortran else "C")
    conn.execute("REPLACE INTO arrays VALUES (:name, :content)", {"name": name, "content": content})


def get_array(conn, name):
    for (content,) in conn.execute("SELECT content FROM arrays WHERE name = :name", {"name": name}):
        return decoded(content)
    raise KeyError(name)


def decoded(content):
    try:
        if content[:6] != MAGIC:
            raise ValueError("no .npy file")
        size, start = (2, 10) if content[6] == 1 else (4, 12)
        length = int.from_bytes(content[8 : 8 + size], "little")
        if length > 10_000:
            raise ValueError("header too long")
        header = ast.literal_eval(content[start : start + length].decode("utf-8" if content[6] == 3 else "latin-1").strip())
        dtype = numpy.lib.format.descr_to_dtype(header["descr"])
        if dtype.hasobject:
            raise ValueError("array of objects")
        flat = numpy.frombuffer(bytearray(content), dtype, numpy.prod(header["shape"], dtype=int), start + length)
        return flat.reshape(header["shape"], order="F" if header["fortran_order"] else "C")
    except (LookupError, TypeError, SyntaxError, AttributeError, MemoryError, RecursionError) as error:
        raise ValueError("damaged .npy file") from error
