"""A provider on the loopback: it answers each request with the next of a list, and remembers what it was asked."""

import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer:
    """One answer. ``cut`` sends half of the body and hangs up, ``wait_s`` comes first."""

    def __init__(self, body, status=200, headers=None, *, wait_s=0.0, cut=False):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status, self.headers, self.wait_s, self.cut = status, headers or {}, wait_s, cut


class Loopback(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answers):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers = list(answers)
        self.asked = []  # (path, headers, body, time)
        self.busiest = self.busy = 0
        self.lock = threading.Lock()

    def handle_error(self, request, client_address):
        """A client that gave up is what some tests want."""

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def next(self):
        """The last answer is given again and again."""
        with self.lock:
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        with server.lock:
            server.busy += 1
            server.busiest = max(server.busiest, server.busy)
            server.asked.append((self.path, self.headers, json.loads(body), time.monotonic()))
        answer = server.next()
        time.sleep(answer.wait_s)
        with server.lock:
            server.busy -= 1
        self.send_response(answer.status)
        for name, value in {"content-type": "application/json", **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
        if answer.cut:
            self.close_connection = True

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def loopback(*answers):
    server = Loopback(answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
