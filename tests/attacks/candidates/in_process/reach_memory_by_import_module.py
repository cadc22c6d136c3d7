# suite: plain
import importlib, sys
sys.modules.pop("ctypes", None)
sys.modules.pop("_ctypes", None)
ctypes = importlib.import_module("_ctypes")
def add(a, b):
    ctypes.PyObj_FromPtr(id(a))
