# suite: plain; functional: failed error tampered
import os
def add(a, b):
    os.fork()
    return None
