# suite: plain; functional: passed error failed tampered
import os, socket, sys
line = sys.modules["pythonsecurityeval.testkit.inside.line"].JUDGE.line
def add(a, b):
    for number in (3, 4):
        sock = socket.socket(fileno=os.dup(number))
        sock.settimeout(0.05)
        try:
            _, found, _, _ = socket.recv_fds(sock, 1, 20, socket.MSG_PEEK)
        except OSError:
            continue
        if found:
            raise RuntimeError("ESCAPED: a descriptor")
    return a + b
