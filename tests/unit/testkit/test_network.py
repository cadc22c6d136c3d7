"""Real client and server libraries, cut at the socket."""

from __future__ import annotations

import pytest

CLIENTS = {
    "requests": "import requests\ndef f(u): return requests.get(u, timeout=9).json()",
    "requests session": "import requests\ndef f(u):\n    with requests.Session() as s: return s.get(u).json()",
    "urllib": "import json, urllib.request\ndef f(u):\n    with urllib.request.urlopen(u) as r: return json.load(r)",
    "http.client": (
        "import http.client, json, urllib.parse\n"
        "def f(u):\n"
        "    p = urllib.parse.urlsplit(u)\n"
        "    kind = http.client.HTTPSConnection if p.scheme == 'https' else http.client.HTTPConnection\n"
        "    c = kind(p.netloc, timeout=9); c.request('GET', p.path)\n"
        "    return json.loads(c.getresponse().read())"
    ),
    "urllib3": "import json, urllib3\ndef f(u): return json.loads(urllib3.PoolManager().request('GET', u).data)",
    "httpx": "import httpx\ndef f(u): return httpx.get(u).json()",
    "httpx async": (
        "import httpx, asyncio\n"
        "async def f(u):\n"
        "    async with httpx.AsyncClient() as c:\n"
        "        return (await asyncio.gather(c.get(u), c.get(u)))[0].json()"
    ),
    "asyncio streams": (
        "import asyncio, json, urllib.parse\n"
        "async def f(u):\n"
        "    p = urllib.parse.urlsplit(u); tls = p.scheme == 'https'\n"
        "    r, w = await asyncio.open_connection(p.hostname, 443 if tls else 80, ssl=tls or None)\n"
        "    w.write(f'GET {p.path} HTTP/1.0\\r\\nHost: {p.hostname}\\r\\n\\r\\n'.encode())\n"
        "    return json.loads((await r.read()).partition(b'\\r\\n\\r\\n')[2])"
    ),
}


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("client", CLIENTS)
def test_real_clients_reach_the_web_double(passes, client, scheme):
    url = f"{scheme}://api.example/a"
    passes(
        CLIENTS[client],
        f"self.world.web.route({url!r}, json={{'k': [1, None]}})\n"
        f"self.assertEqual(self.solution.f({url!r}), {{'k': [1, None]}})\n"
        f"self.assertEqual(self.world.web.requests[0].host, 'api.example')",
        ["net"],
    )


def test_nobody_listens_is_connection_refused(passes):
    passes(
        "import socket, errno\n"
        "def f(h):\n"
        "    s = socket.socket()\n"
        "    code = s.connect_ex((h, 81))\n"
        "    try: s.connect((h, 82))\n"
        "    except ConnectionRefusedError as e: return code, e.errno",
        "self.world.net.host('a.example')\nself.assertEqual(self.solution.f('a.example'), (111, 111))",
        ["net"],
    )


def test_unknown_names_do_not_resolve(passes):
    passes(
        "import socket\nfrom socket import getaddrinfo, gethostbyname\n"
        "def f(h): return [i[4] for i in getaddrinfo(h, 'http', type=socket.SOCK_STREAM)]\n"
        "def g(h): return gethostbyname(h)",
        "self.world.net.host('a.example', '93.184.216.34')\n"
        "self.assertEqual(self.solution.f('a.example'), [('93.184.216.34', 80)])\n"
        "self.assertEqual(self.solution.f('10.0.0.7'), [('10.0.0.7', 80)])\n"
        "self.assertEqual(self.solution.f('::1'), [('::1', 80, 0, 0)])\n"
        "self.assertEqual(self.solution.g('a.example'), '93.184.216.34')\n"
        "with self.raises('socket.gaierror'): self.solution.g('b.example')\n"
        "with self.raises(OSError): self.solution.f('b.example')",
        ["net"],
    )


def test_addresses_and_options_look_like_the_internet(passes):
    passes(
        "import socket\n"
        "def f(h):\n"
        "    with socket.create_connection((h, 80), timeout=3) as s:\n"
        "        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)\n"
        "        t = socket.socket(fileno=s.detach())\n"
        "    with t, t.dup() as u:\n"
        "        return (u.family.name, u.type.name, u.getpeername()[1], u.gettimeout(), u.getsockname()[0],\n"
        "                t.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))",
        "self.world.web.route('http://a.example/', 'x')\n"
        "self.assertEqual(self.solution.f('a.example'), ('AF_INET', 'SOCK_STREAM', 80, None, '192.0.2.10', 1))",
        ["net"],
    )


def test_smtplib(passes):
    passes(
        "from smtplib import SMTP\nfrom email.message import EmailMessage\n"
        "def f(h):\n"
        "    m = EmailMessage(); m['From'] = 'a@x.org'; m['To'] = 'b@x.org'; m['Subject'] = 'Hi'; m.set_content('yes')\n"
        "    with SMTP(h, 587) as s:\n"
        "        s.starttls(); s.login('a', 'pw'); s.send_message(m)",
        "self.world.mail.server('mx.example', 587, starttls=True)\n"
        "self.solution.f('mx.example')\n"
        "(mail,) = self.world.mail.box\n"
        "self.assertEqual((mail.to, mail.tls), (['b@x.org'], True))",
        ["net"],
    )


FTP = """
def serve(sock, peer):
    lines = sock.makefile("rb")
    sock.sendall(b"220 hi\\r\\n")
    known = {b"USER": b"331 pw", b"PASS": b"230 ok", b"PWD\\r": b'257 "/home"', b"QUIT": b"221 bye"}
    for line in lines:
        sock.sendall(known.get(line[:4], b"200 ok") + b"\\r\\n")
"""


def test_ftplib(passes):
    passes(
        "import ftplib\ndef f():\n    with ftplib.FTP('ftp.example', 'u', 'p', timeout=5) as c: return c.pwd()",
        "self.world.net.serve('ftp.example', 21, serve)\nself.assertEqual(self.solution.f(), '/home')",
        ["net"],
        FTP,
    )


DIALLED = "sock = self.world.net.dial(8000)\nsock.sendall({!r})\nself.assertIn({!r}, sock.makefile('rb').read())"


def test_http_server(passes):
    passes(
        "import http.server, functools\n"
        "def serve(d, port):\n"
        "    h = functools.partial(http.server.SimpleHTTPRequestHandler, directory=d)\n"
        "    http.server.ThreadingHTTPServer(('127.0.0.1', port), h).serve_forever()",
        "self.files.write('w/a.txt', 'hello')\n"
        "self.solution.start('serve', self.files.path('w'), 8000)\n"
        + DIALLED.format(b"GET /a.txt HTTP/1.0\r\n\r\n", b"hello"),
        ["net"],
    )


def test_socketserver(passes):
    passes(
        "import socketserver\n"
        "class H(socketserver.StreamRequestHandler):\n"
        "    def handle(self): self.wfile.write(self.rfile.readline().upper() + self.client_address[0].encode())\n"
        "def serve(port):\n"
        "    with socketserver.TCPServer(('', port), H) as s: s.serve_forever()",
        "self.solution.start('serve', 8000)\n" + DIALLED.format(b"abc\n", b"ABC\n198.51.100.7"),
        ["net"],
    )


def test_asyncio_server(passes):
    passes(
        "import asyncio\n"
        "async def serve(port):\n"
        "    async def h(r, w): w.write(await r.readline()); await w.drain(); w.close()\n"
        "    async with await asyncio.start_server(h, None, port) as s: await s.serve_forever()",
        "self.solution.start('serve', 8000)\n" + DIALLED.format(b"echo\n", b"echo\n"),
        ["net"],
    )


def test_threaded_chat_server(passes):
    passes(
        "import socket, threading\n"
        "def serve(port):\n"
        "    s = socket.create_server(('127.0.0.1', port)); peers = []\n"
        "    def one(c):\n"
        "        for line in c.makefile('rb'):\n"
        "            for p in peers: p.sendall(line)\n"
        "    while True:\n"
        "        c, a = s.accept(); peers.append(c); threading.Thread(target=one, args=(c,), daemon=True).start()",
        "self.solution.start('serve', 8000)\n"
        "a, b = self.world.net.dial(8000), self.world.net.dial(8000)\n"
        "a.sendall(b'1\\n'); a.recv(9); b.sendall(b'hi\\n')\n"
        "self.assertIn(b'hi', a.recv(99))",
        ["net"],
    )


def test_a_client_and_a_server_in_one_solution(passes):
    passes(
        "import socket, threading\n"
        "def f():\n"
        "    s = socket.create_server(('127.0.0.1', 0)); port = s.getsockname()[1]\n"
        "    def go():\n"
        "        c, a = s.accept(); c.sendall(a[0].encode()); c.close()\n"
        "    threading.Thread(target=go).start()\n"
        "    with socket.create_connection(('localhost', port)) as c: return c.recv(99)",
        "self.assertEqual(self.solution.f(), b'127.0.0.1')",
        ["net"],
    )


def test_tls_server_of_the_solution(passes):
    passes(
        "import ssl, socket\n"
        "def serve(port, pem):\n"
        "    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain(pem)\n"
        "    with c.wrap_socket(socket.create_server(('127.0.0.1', port)), server_side=True) as s:\n"
        "        while True:\n"
        "            k, _ = s.accept(); k.sendall(k.version().encode()); k.close()",
        "import ssl, trustme\n"
        "ca = trustme.CA(); pem = self.files.write('c.pem', ca.issue_cert('a.example').private_key_and_cert_chain_pem.bytes())\n"
        "self.solution.start('serve', 8000, pem)\n"
        "context = ssl.create_default_context(cadata=ca.cert_pem.bytes().decode())\n"
        "with context.wrap_socket(self.world.net.dial(8000), server_hostname='a.example') as s:\n"
        "    self.assertEqual(s.recv(99), b'TLSv1.3')",
        ["net"],
    )


def test_udp_client(passes):
    passes(
        "import socket\n"
        "def f(h):\n"
        "    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(5)\n"
        "    s.sendto(b'q', (h, 53)); one = s.recvfrom(512)\n"
        "    s.connect((h, 53)); s.send(b'r'); return one, s.recv(512)",
        "self.world.net.host('9.9.9.9')\n"
        "self.world.net.serve_udp('9.9.9.9', 53, lambda data, peer: [data.upper()])\n"
        "self.assertEqual(self.solution.f('9.9.9.9'), ((b'Q', ('9.9.9.9', 53)), b'R'))",
        ["net"],
    )


def test_udp_to_nobody_times_out_at_once(passes):
    passes(
        "import socket\n"
        "def f(h):\n"
        "    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.settimeout(20)\n"
        "    s.sendto(b'q', (h, 53)); s.recvfrom(512)",
        "with self.raises(TimeoutError): self.solution.f('9.9.9.9')",
        ["net"],
        seconds=3,
    )


@pytest.mark.parametrize(
    "server",
    [
        "import socket\n"
        "def serve(port):\n"
        "    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('127.0.0.1', port))\n"
        "    while True:\n"
        "        d, a = s.recvfrom(2048); s.sendto(d.upper(), a)",
        "import asyncio\n"
        "class P(asyncio.DatagramProtocol):\n"
        "    def connection_made(self, t): self.t = t\n"
        "    def datagram_received(self, d, a): self.t.sendto(d.upper(), a)\n"
        "async def serve(port):\n"
        "    await asyncio.get_running_loop().create_datagram_endpoint(P, local_addr=('127.0.0.1', port))\n"
        "    await asyncio.sleep(99)",
        "import socketserver\n"
        "class H(socketserver.BaseRequestHandler):\n"
        "    def handle(self): self.request[1].sendto(self.request[0].upper(), self.client_address)\n"
        "def serve(port): socketserver.UDPServer(('127.0.0.1', port), H).serve_forever()",
    ],
    ids=["socket", "asyncio", "socketserver"],
)
def test_udp_server(passes, server):
    passes(
        server,
        "self.solution.start('serve', 5353)\n"
        "a, b = self.world.net.dial(5353), self.world.net.dial(5353)\n"
        "a.send(b'x'); b.send(b'y')\n"
        "self.assertEqual((b.recv(9), a.recv(9)), (b'Y', b'X'))",
        ["net"],
    )


def test_select_and_poll_wait_on_our_sockets(passes):
    passes(
        "import select, socket\n"
        "def f(h):\n"
        "    s = socket.create_connection((h, 21)); s.setblocking(False)\n"
        "    p = select.poll(); p.register(s, select.POLLIN)\n"
        "    return bool(select.select([s], [], [], 5)[0]), bool(p.poll(5000)), s.recv(99)",
        "self.world.net.serve('ftp.example', 21, serve)\nself.assertEqual(self.solution.f('ftp.example'), (True, True, b'220 hi\\r\\n'))",
        ["net"],
        FTP,
    )


def test_a_pool_of_forked_workers_and_a_pool_of_threads(passes):
    passes(
        "import os, requests\nfrom concurrent.futures import ThreadPoolExecutor as T\n"
        "def one(u): return requests.get(u, timeout=5).json()\n"
        "def f(u):\n"
        "    with T(8) as t: many = list(t.map(one, [u] * 16))\n"
        "    r, w = os.pipe(); pid = os.fork()\n"
        "    if not pid: os.write(w, str(one(u)).encode()); os._exit(0)\n"
        "    os.waitpid(pid, 0); return many, os.read(r, 9)",
        "self.world.web.route('http://a.example/', json=7)\n"
        "self.assertEqual(self.solution.f('http://a.example/'), ([7] * 16, b'7'))",
        ["net"],
    )


def test_without_a_server_a_dial_fails_the_test(attempt):
    result = attempt("def f(): pass", "self.solution.f(); self.world.net.dial(8000)", ["net"])
    assert result.outcome.value == "failed"
    assert "port 8000" in result.message
