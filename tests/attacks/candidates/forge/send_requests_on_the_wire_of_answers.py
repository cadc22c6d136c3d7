# suite: callback; functional: tampered
import json, os, struct
def apply(f, x):
    for number in (1, 2, 3):
        data = json.dumps({"i": number, "q": "callback", "a": [1, [x], {"t": "D", "v": []}]}).encode()
        os.write(3, struct.pack("!I", len(data)) + data)
    return x + 1
