# suite: plain; functional: failed error tampered timeout
def add(a, b):
    raise ValueError("\x1b[31m\n\0" + "x" * 10_000_000)
