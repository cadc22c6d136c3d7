# suite: plain; functional: failed error timeout tampered
import os, socket
def add(a, b):
    ctl = socket.socket(fileno=os.dup(4))
    for _ in range(100_000):
        ctl.send(b"x" * 4000)
    return None
