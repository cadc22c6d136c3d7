# suite: callback; functional: failed error tampered timeout
def apply(f, x):
    f(f)
    f(x, f)
    return f(x + 0) - 0
