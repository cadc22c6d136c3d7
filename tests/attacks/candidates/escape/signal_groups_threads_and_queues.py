# suite: plain; functional: passed
import ctypes, os, signal
libc = ctypes.CDLL(None, use_errno=True)
info = ctypes.create_string_buffer(128)
own = os.getpid()
for pid in (@PARENT@, os.getppid(), 1):
    if pid in (0, own):
        continue
    calls = [lambda: libc.kill(-pid, 0) if pid != 1 else -1, lambda: libc.killpg(pid, 0) if pid != 1 else -1, lambda: libc.syscall(200, pid, 0), lambda: libc.syscall(234, pid, pid, 0),
             lambda: libc.syscall(129, pid, 1, info), lambda: libc.syscall(297, pid, pid, 1, info), lambda: libc.syscall(424, 0, 9, None, 0),
             lambda: libc.syscall(62, pid, 0) if pid != 1 else -1]
    for number, call in enumerate(calls):
        if call() == 0:
            raise RuntimeError(f"ESCAPED: signalled {pid} {number}")

def add(a, b):
    return a + b
