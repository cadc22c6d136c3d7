# suite: web; functional: timeout
import socket, time
def fetch(url):
    sock = socket.create_connection(("a.example", 80))
    for byte in b"GET /x HTTP/1.1\r\nHost: " + b"a" * 10_000:
        sock.sendall(bytes([byte]))
        time.sleep(0.01)
