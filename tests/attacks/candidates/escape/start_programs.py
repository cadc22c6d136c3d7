# suite: plain; functional: passed
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
for path in ("/bin/sh", "/usr/bin/env", sys.executable, "/lib64/ld-linux-x86-64.so.2"):
    argv = (ctypes.c_char_p * 2)(path.encode(), None)
    pid = os.fork()
    if pid == 0:
        libc.execve(path.encode(), argv, None)
        os._exit(99)
    if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 99:
        raise RuntimeError("ESCAPED: " + path)

def add(a, b):
    return a + b
