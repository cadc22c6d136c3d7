# suite: plain
import sys
def add(a, b):
    box = []
    sys.audit("pse.why", box)
    return box
