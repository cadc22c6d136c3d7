# suite: plain; functional: passed error failed
import os
def add(a, b):
    for name in (b"\xff\xfe", b"new\nline", b"-rf", b"*", b" ", "x" * 255):
        try:
            os.mkdir(name)
            os.mkdir(os.path.join(name, name))
            os.chmod(os.path.join(name, name), 0)
            os.chmod(name, 0)
        except OSError:
            pass
    os.chmod(".", 0)
    return a + b
