# suite: plain; functional: tampered
import os, struct
def add(a, b):
    data = '{"i": 3, "r": 5}'.encode("utf-16-be")
    os.write(3, struct.pack("!I", len(data)) + data)
    return 5
