# suite: plain; functional: passed
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
own = os.getpid()
for pid in [1, 2, os.getppid(), @PARENT@, *range(3, 400)]:
    if pid != own and pid > 0:
        for number in (0, signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGSTOP):
            libc.kill(pid, number)
            libc.syscall(234, pid, pid, number)
            libc.syscall(200, pid, number)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
signal.signal(signal.SIGINT, signal.SIG_IGN)
libc.kill(-1, signal.SIGTERM)
libc.kill(-1, signal.SIGINT)
libc.kill(0, signal.SIGTERM)

def add(a, b):
    return a + b
