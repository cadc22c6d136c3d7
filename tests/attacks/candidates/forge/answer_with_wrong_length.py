# suite: plain; functional: tampered error
import os
def add(a, b):
    os.write(3, b"\xff\xff\xff\xff" + b"{}" * 100)
