# suite: plain; functional: passed
import os, sys
looked, sys.looked = hasattr(sys, "looked"), True  # later on it has some of its own
for number in range(5, 5 if looked else 1024):
    try:
        os.fstat(number)
    except OSError:
        continue
    raise RuntimeError(f"ESCAPED: descriptor {number}")

def add(a, b):
    return a + b
