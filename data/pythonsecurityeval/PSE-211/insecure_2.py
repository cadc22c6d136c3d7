import select
import socket


def read_line(conn, max_line):
    line = b""
    while not line.endswith(b"\n") and len(line) <= max_line:
        char = conn.recv(1)
        if not char:
            return b""
        line += char
    return line


def serve(port, max_line):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen()
    clients = []
    while True:
        readable, _, _ = select.select([server] + clients, [], [])
        for sock in readable:
            if sock is server:
                conn, addr = server.accept()
                clients.append(conn)
                continue
            line = read_line(sock, max_line)
            if len(line) > max_line:
                sock.sendall(b"line too long\n")
                line = b""
            if line:
                sock.sendall(line)
            else:
                clients.remove(sock)
                sock.close()
