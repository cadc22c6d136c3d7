# suite: plain; functional: timeout
import os, time
def add(a, b):
    os.write(3, b"\0\0\xff\xff{")
    time.sleep(60)
