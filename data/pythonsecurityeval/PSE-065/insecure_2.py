import json
import select
import socket
import struct

MAX_SIZE = 65536


def read_exactly(sock, n):
    buffer = bytearray()
    while len(buffer) < n:
        part = sock.recv(n - len(buffer))
        if not part:
            raise ConnectionError
        buffer.extend(part)
    return bytes(buffer)


def process(store, msg):
    ok = {"ok": False}
    if isinstance(msg, dict) and isinstance(msg.get("name"), str):
        key = msg["name"]
        if msg.get("do") == "put" and "value" in msg and (key in store or len(store) < 100):
            store[key] = msg["value"]
            ok = {"ok": True}
        elif msg.get("do") == "get" and key in store:
            ok = {"ok": True, "value": store[key]}
    return json.dumps(ok).encode()


def serve(port):
    store = {}
    listener = socket.create_server(("127.0.0.1", port))
    clients = []
    while True:
        readable, _, _ = select.select([listener, *clients], [], [])
        for sock in readable:
            if sock is listener:
                clients.append(listener.accept()[0])
                continue
            try:
                size = struct.unpack(">I", read_exactly(sock, 4))[0]
                if size > MAX_SIZE:
                    raise ValueError("too long")
                reply = process(store, json.loads(read_exactly(sock, size).decode()))
                sock.sendall(struct.pack(">I", len(reply)) + reply)
            except (OSError, ValueError, RecursionError):
                clients.remove(sock)
                sock.close()
