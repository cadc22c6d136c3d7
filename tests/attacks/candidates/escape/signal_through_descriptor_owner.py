# suite: plain; functional: passed
import fcntl, os, signal, socket
for pid in (@PARENT@, os.getppid(), 1):
    a, b = socket.socketpair()
    for command in (lambda: fcntl.fcntl(a, fcntl.F_SETOWN, pid), lambda: fcntl.fcntl(a, 10, signal.SIGKILL),
                    lambda: fcntl.ioctl(a, 0x8901, pid.to_bytes(4, "little"))):
        try:
            command()
        except OSError:
            continue
        raise RuntimeError("ESCAPED: owns signals")

def add(a, b):
    return a + b
