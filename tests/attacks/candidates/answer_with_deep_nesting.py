# suite: plain; functional: failed error tampered
def add(a, b):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
