# suite: plain; functional: out_of_memory timeout
def add(a, b):
    value = []
    while True:
        value = [value, value, list(range(1000))]
        globals().setdefault("kept", []).append(value)
