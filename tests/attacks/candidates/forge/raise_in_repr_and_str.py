# suite: plain; functional: failed error
class Bad(Exception):
    def __str__(self): raise RuntimeError
    __repr__ = __str__
def add(a, b):
    raise Bad(Bad())
