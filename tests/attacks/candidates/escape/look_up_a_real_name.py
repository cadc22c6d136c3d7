# suite: plain; functional: passed
import ctypes
libc = ctypes.CDLL(None)
result = ctypes.c_void_p()
if libc.getaddrinfo(b"example.com", b"80", None, ctypes.byref(result)) == 0:
    raise RuntimeError("ESCAPED: resolved")

def add(a, b):
    return a + b
