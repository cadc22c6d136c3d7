# suite: web; functional: failed error timeout
import socket
def fetch(url):
    sock = socket.create_connection(("a.example", 80))
    sock.sendall(b"GET /x HTTP/1.1\r\nHost: a.example\r\n")
    try:
        while True:
            sock.sendall(b"X: " + b"y" * 60_000 + b"\r\n")
    except OSError:
        return None
