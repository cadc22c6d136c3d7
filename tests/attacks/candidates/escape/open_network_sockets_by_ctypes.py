# suite: plain; functional: passed
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
for family in (1, 2, 10, 16, 17, 40):
    for kind in (1, 2, 3):
        if libc.socket(family, kind, 0) != -1 or libc.syscall(41, family, kind, 0) != -1:
            raise RuntimeError(f"ESCAPED: family {family}")
pair = (ctypes.c_int * 2)()
for family in (2, 10, 16):
    if libc.socketpair(family, 1, 0, pair) != -1:
        raise RuntimeError("ESCAPED: pair")

def add(a, b):
    return a + b
