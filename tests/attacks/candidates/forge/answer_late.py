# suite: plain; functional: failed error tampered
import json, os, struct, threading, time
def late():
    time.sleep(0.05)
    for number in range(3, 9):
        data = json.dumps({"i": number, "r": "ab"}).encode()
        os.write(3, struct.pack("!I", len(data)) + data)
def add(a, b):
    threading.Thread(target=late).start()
    return None
