# suite: plain; functional: tampered
import json, os, struct
def add(a, b):
    keys = [{"t": "i", "v": hex(k * ((1 << 61) - 1))} for k in range(1, 20_000)]
    data = json.dumps({"i": 3, "r": {"t": "S", "v": keys}}).encode()
    data = struct.pack("!I", len(data)) + data
    while data:
        data = data[os.write(3, data):]
