# suite: plain; functional: failed error timeout tampered out_of_memory
import struct, sys, threading
line = sys.modules["pythonsecurityeval.testkit.inside.line"].JUDGE.line
def fill():
    channel = line._open()
    try:
        channel.sendall(struct.pack("!I", 8 << 20) + b"[" * ((8 << 20) - 1))
    except OSError:
        pass
def add(a, b):
    threads = [threading.Thread(target=fill) for _ in range(30)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return None
