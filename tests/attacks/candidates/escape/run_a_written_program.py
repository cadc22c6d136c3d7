# suite: plain; functional: passed
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
with open("program", "w") as file:
    file.write("#!/bin/sh\ntouch /tmp/pse-was-here\n")
os.chmod("program", 0o755)
pid = os.fork()
if pid == 0:
    libc.execve(b"./program", (ctypes.c_char_p * 2)(b"./program", None), None)
    os._exit(99)
if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) != 99:
    raise RuntimeError("ESCAPED: started")

def add(a, b):
    return a + b
