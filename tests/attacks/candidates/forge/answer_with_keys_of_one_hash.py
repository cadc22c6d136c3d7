# suite: plain; functional: failed tampered
def add(a, b):
    return {k * ((1 << 61) - 1): k for k in range(100_000)}
