# suite: plain; functional: out_of_memory error timeout failed
import os, time
def add(a, b):
    for _ in range(20):
        if os.fork() == 0:
            held = bytearray(1 << 25)
            for i in range(0, len(held), 4096):
                held[i] = 1
            time.sleep(30)
    time.sleep(30)
