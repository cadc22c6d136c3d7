# suite: plain; functional: out_of_memory timeout
def add(a, b):
    held = []
    while True:
        held.append(bytearray(1 << 24))
