# suite: plain; functional: failed error tampered timeout
def add(a, b):
    return "x" * (1 << 26)
