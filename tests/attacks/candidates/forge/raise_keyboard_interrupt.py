# suite: plain; functional: failed error
def add(a, b):
    raise KeyboardInterrupt
