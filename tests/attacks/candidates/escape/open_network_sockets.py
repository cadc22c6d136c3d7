# suite: plain; functional: passed
import socket, _socket
for family in range(0, 46):
    if family == int(socket.AF_UNIX):
        continue
    for kind in (1, 2, 3, 5):
        try:
            _socket.socket(family, kind)
        except (OSError, TypeError):
            continue
        raise RuntimeError(f"ESCAPED: family {family}")
for path in ("/run/docker.sock", "/var/run/docker.sock", "\0abstract"):
    try:
        s = _socket.socket(_socket.AF_UNIX, 1)
        s.connect(path)
    except OSError:
        continue
    raise RuntimeError("ESCAPED: unix socket")

def add(a, b):
    return a + b
