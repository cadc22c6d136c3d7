# suite: plain; functional: tampered
import json, os, struct
def add(a, b):
    data = json.dumps({"i": 3, "q": "call", "a": ["add", [a, b], {"t": "D", "v": []}]}).encode()
    os.write(3, struct.pack("!I", len(data)) + data)
    return 5
