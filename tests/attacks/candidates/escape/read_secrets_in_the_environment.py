# suite: plain; functional: passed
import ctypes, os
seen = dict(os.environ)
text = repr(seen) + repr(ctypes.CDLL(None).getenv(b"@SECRET_NAME@"))
if "@SECRET@" in text or "@SECRET_NAME@" in seen or ctypes.CDLL(None).getenv(b"@SECRET_NAME@"):
    raise RuntimeError("ESCAPED: @SECRET@")

def add(a, b):
    return a + b
