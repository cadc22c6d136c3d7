# suite: plain; functional: error failed out_of_memory timeout
import sys, threading
sys.setrecursionlimit(10 ** 9)
def dig(n):
    return [dig(n + 1)] + sorted([n], key=lambda _: dig(n + 1))
def add(a, b):
    return dig(0)
