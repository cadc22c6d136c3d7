# suite: plain; functional: failed error tampered timeout
def add(a, b):
    return 10 ** 100_000
