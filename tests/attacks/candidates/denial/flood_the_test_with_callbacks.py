# suite: callback; functional: failed error tampered timeout
def apply(f, x):
    for _ in range(5000):
        f(0)
    return None
