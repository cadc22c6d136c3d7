# suite: plain
import sys
def trace(frame, event, arg):
    return trace
def add(a, b):
    sys.settrace(trace)
