# suite: plain; functional: failed error timeout
def add(a, b):
    first = error = ValueError("x" * 100_000)
    for number in range(50_000):
        error.__cause__ = ValueError(number)
        error = error.__cause__
    error.__cause__ = first
    error.__context__ = first
    raise first
