# suite: plain; functional: out_of_memory timeout
def add(a, b):
    return len(bytearray(1 << 40))
