# suite: callback; functional: failed
import os
def apply(f, x):
    os.close(4)
    try:
        return f(x)
    except BaseException:
        return x + 1
