# suite: web; functional: failed timeout
import socket
def fetch(url):
    sock = socket.create_connection(("a.example", 80))
    sock.sendall(b"GET /x HTTP/1.1\r\nHost: a.example\r\nAccept: text/html\r\nX: y\nAccept: text/plain\r\n\tmore\r\n\0: \xff\r\nConnection: close\r\n\r\n")
    while sock.recv(4096):
        pass
    return "hello"
