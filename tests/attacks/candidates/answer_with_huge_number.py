# suite: plain; functional: failed error tampered
def add(a, b):
    return 10 ** 100_000
