# suite: plain; functional: passed
import ctypes, os, resource
libc = ctypes.CDLL(None, use_errno=True)
for pid in (@PARENT@, os.getppid(), 1):
    for attempt in (lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (5, 5)), lambda: os.sched_setaffinity(pid, {0}),
                    lambda: os.setpriority(os.PRIO_PROCESS, pid, 19), lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0))):
        try:
            attempt()
        except OSError:
            continue
        raise RuntimeError("ESCAPED: changed another process")

def add(a, b):
    return a + b
