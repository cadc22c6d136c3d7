# suite: plain; functional: passed failed
import http.client, socket, urllib.request
def add(a, b):
    for attempt in (lambda: socket.create_connection(("127.0.0.1", @PORT@), 0.3),
                    lambda: http.client.HTTPConnection("localhost", @PORT@, timeout=0.3).request("GET", "/"),
                    lambda: urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=0.3)):
        try:
            attempt()
        except OSError:
            continue
        raise RuntimeError("ESCAPED: connected")
    return a + b
