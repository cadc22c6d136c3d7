# suite: plain; functional: failed
import os
class Bomb:
    def __reduce__(self):
        return os.mkdir, ("/tmp/pwned",)
def add(a, b):
    return Bomb()
