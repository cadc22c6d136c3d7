# suite: plain; functional: timeout
import os, time
def add(a, b):
    os.write(3, b"\0\0\x10\0")
    while True:
        os.write(3, b" ")
        time.sleep(0.05)
