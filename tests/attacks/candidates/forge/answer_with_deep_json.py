# suite: plain; functional: tampered error
import os, struct
def add(a, b):
    data = b'{"i": 3, "r": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    os.write(3, struct.pack("!I", len(data)) + data)
