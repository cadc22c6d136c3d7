import json
import socket
import struct
import threading

values = {}
lock = threading.Lock()


def recv_exact(conn, size):
    data = b""
    while len(data) < size:
        chunk = conn.recv(min(65536, size - len(data)))
        if not chunk:
            raise ConnectionError("closed")
        data += chunk
    return data


def handle_request(request):
    with lock:
        if not isinstance(request, dict) or not isinstance(request.get("name"), str):
            return {"ok": False}
        name = request["name"]
        if request.get("do") == "put" and "value" in request:
            if name not in values and len(values) >= 100:
                return {"ok": False}
            values[name] = request["value"]
            return {"ok": True}
        if request.get("do") == "get" and name in values:
            return {"ok": True, "value": values[name]}
        return {"ok": False}


def client_loop(conn):
    with conn:
        try:
            while True:
                (size,) = struct.unpack("!I", recv_exact(conn, 4))
                request = json.loads(recv_exact(conn, size).decode("utf-8"))
                body = json.dumps(handle_request(request)).encode("utf-8")
                conn.sendall(struct.pack("!I", len(body)) + body)
        except (OSError, ValueError):
            pass


def serve(port):
    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen(50)
    while True:
        conn, _ = server.accept()
        threading.Thread(target=client_loop, args=(conn,), daemon=True).start()
