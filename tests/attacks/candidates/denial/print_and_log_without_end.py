# suite: plain; functional: failed error timeout tampered
import logging
def add(a, b):
    for number in range(20_000):
        logging.warning("x" * 1000)
        print("\x1b[2J" * 100)
    return None
