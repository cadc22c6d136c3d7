# suite: plain; functional: out_of_memory
def add(a, b):
    raise MemoryError
