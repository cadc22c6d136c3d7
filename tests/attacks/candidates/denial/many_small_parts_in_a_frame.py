# suite: plain; functional: timeout tampered failed
import os, struct
def add(a, b):
    data = b'{"i":3,"r":[' + b'{"t":"D","v":[]},' * 400_000 + b"1]}"
    data = struct.pack("!I", len(data)) + data
    while data:
        data = data[os.write(3, data):]
    return 5
