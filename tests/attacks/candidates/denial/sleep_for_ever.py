# suite: plain; functional: timeout
import threading
def add(a, b):
    threading.Event().wait()
