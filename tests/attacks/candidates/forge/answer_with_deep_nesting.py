# suite: plain; functional: failed error tampered timeout
def add(a, b):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
