# suite: plain; functional: passed
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
if os.getuid() == 0 or os.geteuid() == 0 or libc.setuid(0) != -1 or libc.setresuid(0, 0, 0) != -1 or libc.setgid(0) != -1:
    raise RuntimeError("ESCAPED: root")
if libc.prctl(8, 1, 0, 0, 0) != -1 or libc.prctl(36, 1, 0, 0, 0) != -1 or libc.prctl(1, 0, 0, 0, 0) != -1:
    raise RuntimeError("ESCAPED: prctl")

def add(a, b):
    return a + b
