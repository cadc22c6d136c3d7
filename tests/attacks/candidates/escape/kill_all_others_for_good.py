# suite: plain; functional: passed error
import os, signal
pid = os.fork()
if pid == 0:
    try:
        os.kill(-1, signal.SIGKILL)
    finally:
        os._exit(0)
os.waitpid(pid, 0)

def add(a, b):
    return a + b
