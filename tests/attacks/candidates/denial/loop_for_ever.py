# suite: plain; functional: timeout
def add(a, b):
    while True:
        pass
