# suite: plain; functional: failed error tampered
def add(a, b):
    return "x" * (1 << 26)
