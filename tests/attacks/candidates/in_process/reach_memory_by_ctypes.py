# suite: plain
import ctypes
def add(a, b):
    ctypes.pythonapi.Py_DecRef(None)
