# suite: plain
import sys
sys.addaudithook(lambda event, args: None)
def add(a, b):
    return 0
