# suite: plain; functional: passed
import os
for number in range(5, 1024):
    try:
        os.fstat(number)
    except OSError:
        continue
    raise RuntimeError(f"ESCAPED: descriptor {number}")

def add(a, b):
    return a + b
