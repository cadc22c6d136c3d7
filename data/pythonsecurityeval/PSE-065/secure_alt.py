import json
import socketserver
import struct
import threading

LENGTH = struct.Struct(">I")


class Store:
    def __init__(self):
        self.lock = threading.Lock()
        self.readings = {}

    def put(self, name, value):
        with self.lock:
            fits = name in self.readings or len(self.readings) < 100
            if fits:
                self.readings[name] = value
        return {"ok": fits}

    def get(self, name):
        with self.lock:
            if name in self.readings:
                return {"ok": True, "value": self.readings[name]}
        return {"ok": False}

    def reply(self, request):
        if not isinstance(request, dict) or not isinstance(request.get("name"), str):
            return {"ok": False}
        if request.get("do") == "get":
            return self.get(request["name"])
        if request.get("do") == "put" and "value" in request:
            return self.put(request["name"], request["value"])
        return {"ok": False}


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        while len(head := self.rfile.read(LENGTH.size)) == LENGTH.size:
            (length,) = LENGTH.unpack(head)
            if length > 65536:
                return
            data = self.rfile.read(length)
            try:
                request = json.loads(str(data, "utf-8"))
            except (ValueError, RecursionError):
                return
            text = json.dumps(self.server.store.reply(request))
            try:
                self.wfile.write(LENGTH.pack(len(text)) + text.encode("ascii"))
            except OSError:
                return


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 50
    store = None


def serve(port):
    with Server(("127.0.0.1", port), Client) as server:
        server.store = Store()
        server.serve_forever()
