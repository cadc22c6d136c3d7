# suite: plain; functional: failed error passed tampered timeout
import socket
kept = []
def add(a, b):
    try:
        for _ in range(500):
            kept.append(socket.create_connection(("example.com", 80), 0.2))
    except OSError:
        pass
    return None
