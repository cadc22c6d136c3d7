# suite: plain; functional: timeout out_of_memory
def add(a, b):
    return len(str(3 ** (3 ** 17))) if False else pow(3, 3 ** 19) % 7
