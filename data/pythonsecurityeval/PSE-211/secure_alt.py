import socketserver


class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        most = self.server.max_line
        try:
            while (line := self.rfile.readline(most + 1)).endswith(b"\n") and len(line) <= most:
                self.wfile.write(line)
            if len(line) > most:
                self.wfile.write(b"line too long\n")
        except ConnectionError:
            return


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 40


def serve(port, max_line):
    with Server(("127.0.0.1", port), Echo) as server:
        server.max_line = max_line
        server.serve_forever()
