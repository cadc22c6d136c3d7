"""A web server on the loopback interface whose answers a test chooses: status, headers, body, how slowly."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Answer:
    """What one path answers; ``claims`` is the length that is announced, if it is not the true one."""

    def __init__(self, body=b"", *, status=200, headers=(), claims=None, pause=0.0):
        self.body, self.status, self.headers, self.pause = body, status, dict(headers), pause
        self.claims = len(body) if claims is None else claims


class Loopback:
    def __init__(self, server):
        self._server = server
        self.address = f"http://127.0.0.1:{server.server_port}"
        self.asked = server.asked

    def serve(self, path, *args, **kwargs):
        """Answers ``path`` so from now on; gives its address."""
        self._server.answers[path] = Answer(*args, **kwargs)
        return self.address + path


class _Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.answers.get(self.path, Answer(status=404))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.claims >= 0:
            self.send_header("Content-Length", str(answer.claims))
        self.end_headers()
        with contextlib.suppress(OSError):
            self._send(answer)

    def _send(self, answer):
        pieces = [answer.body] if not answer.pause else [answer.body[i : i + 1] for i in range(len(answer.body))]
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(answer.pause)


@contextlib.contextmanager
def loopback():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads, server.block_on_close = True, False
        server.answers, server.asked = {}, []
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield Loopback(server)
        server.shutdown()
