"""Who checks a certificate, and who waits for ever: known from what arrives, not from what is said."""

from __future__ import annotations

import pytest

#: Solution, and whether it sends its request to a server with a forged certificate.
TLS = {
    "requests verify=False": ("import requests\ndef f(u): return requests.get(u, verify=False).status_code", True),
    "requests Session.verify": (
        "import requests\ndef f(u):\n    s = requests.Session(); s.verify = False\n    return s.get(u).status_code",
        True,
    ),
    "requests": ("import requests\ndef f(u): return requests.get(u).status_code", False),
    "requests certifi": (
        "import requests, certifi\ndef f(u): return requests.get(u, verify=certifi.where()).status_code",
        False,
    ),
    "requests trust_env=False": (
        "import requests\ndef f(u):\n    s = requests.Session(); s.trust_env = False\n    return s.get(u).status_code",
        False,
    ),
    "urllib": ("import urllib.request\ndef f(u): return urllib.request.urlopen(u).status", False),
    "urllib unverified": (
        "import urllib.request, ssl\n"
        "def f(u): return urllib.request.urlopen(u, context=ssl._create_unverified_context()).status",
        True,
    ),
    "urllib no check": (
        "import urllib.request, ssl\n"
        "def f(u):\n"
        "    c = ssl.create_default_context(); c.check_hostname = False; c.verify_mode = ssl.CERT_NONE\n"
        "    return urllib.request.urlopen(u, context=c).status",
        True,
    ),
    "urllib3": (
        "import urllib3\ndef f(u): return urllib3.PoolManager().request('GET', u, retries=False).status",
        False,
    ),
    "urllib3 CERT_NONE": (
        "import urllib3\ndef f(u): return urllib3.PoolManager(cert_reqs='CERT_NONE').request('GET', u, retries=False).status",
        True,
    ),
    "httpx": ("import httpx\ndef f(u): return httpx.get(u).status_code", False),
    "httpx verify=False": ("import httpx\ndef f(u): return httpx.get(u, verify=False).status_code", True),
    "httpx trust_env=False": ("import httpx\ndef f(u): return httpx.get(u, trust_env=False).status_code", False),
    "wrapped before it connects": (
        "import socket, ssl\n"
        "def f(u):\n"
        "    h = u.split('/')[2]; c = ssl.create_default_context()\n"
        "    with c.wrap_socket(socket.socket(), server_hostname=h) as s:\n"
        "        s.connect((h, 443)); s.sendall(b'GET / HTTP/1.0\\r\\nHost: a.example\\r\\n\\r\\n')\n"
        "        return int(s.recv(4096).split()[1])",
        False,
    ),
    "raw no check": (
        "import socket, ssl\n"
        "def f(u):\n"
        "    h = u.split('/')[2]; c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT); c.check_hostname = False\n"
        "    c.verify_mode = ssl.CERT_NONE\n"
        "    with c.wrap_socket(socket.create_connection((h, 443)), server_hostname=h) as s:\n"
        "        s.sendall(b'GET / HTTP/1.0\\r\\nHost: a.example\\r\\n\\r\\n'); return int(s.recv(4096).split()[1])",
        True,
    ),
}


@pytest.mark.parametrize("client", TLS)
def test_a_valid_certificate_is_accepted(passes, client):
    passes(
        TLS[client][0],
        "self.world.web.route('https://a.example/', 'x')\nself.assertEqual(self.solution.f('https://a.example/'), 200)",
        ["net"],
    )


@pytest.mark.parametrize("kind", ["untrusted", "expired", "wrong_host"])
@pytest.mark.parametrize("client", TLS)
def test_a_forged_certificate_shows_who_checks(passes, client, kind):
    solution, sends = TLS[client]
    passes(
        solution,
        f"self.world.web.route('https://a.example/', 'x', certificate={kind!r})\n"
        f"self.attempt(self.solution.f, 'https://a.example/')\n"
        f"self.assertEqual(bool(self.world.web.requests), {sends})",
        ["net"],
    )


def test_a_bundle_of_the_solutions_own_is_loaded_as_it_is(passes):
    passes(
        "import ssl, urllib.request\n"
        "def f(u, pem): return urllib.request.urlopen(u, context=ssl.create_default_context(cafile=pem)).status",
        "import trustme\n"
        "pem = self.files.write('other.pem', trustme.CA().cert_pem.bytes())\n"
        "self.world.web.route('https://a.example/', 'x')\n"
        "with self.raises('urllib.error.URLError'): self.solution.f('https://a.example/', pem)",
        ["net"],
    )


def test_a_bundle_in_the_folder_for_temporary_files_is_not_the_systems(passes):
    passes(
        "import ssl, tempfile, urllib.request\n"
        "def f(u, pem):\n"
        "    with tempfile.NamedTemporaryFile('w', suffix='.pem') as file:\n"
        "        file.write(pem); file.flush()\n"
        "        context = ssl.create_default_context(cafile=file.name)\n"
        "    return urllib.request.urlopen(u, context=context).status",
        "import trustme\n"
        "self.world.web.route('https://a.example/', 'x')\n"
        "pem = trustme.CA().cert_pem.bytes().decode()\n"
        "with self.raises('urllib.error.URLError'): self.solution.f('https://a.example/', pem)",
        ["net"],
    )


#: Solution, and whether it still waits when a stalling server loses its patience.
STALL = {
    "requests": ("import requests\ndef f(u): requests.get(u)", True),
    "requests 10": ("import requests\ndef f(u): requests.get(u, timeout=10)", False),
    "requests (3, 20)": ("import requests\ndef f(u): requests.get(u, timeout=(3, 20))", False),
    "urllib": ("import urllib.request\ndef f(u): urllib.request.urlopen(u)", True),
    "urllib 5": ("import urllib.request\ndef f(u): urllib.request.urlopen(u, timeout=5)", False),
    "httpx default": ("import httpx\ndef f(u): httpx.get(u)", False),
    "httpx None": ("import httpx\ndef f(u): httpx.get(u, timeout=None)", True),
    "default timeout": (
        "import socket, urllib.request\ndef f(u):\n    socket.setdefaulttimeout(8); urllib.request.urlopen(u)",
        False,
    ),
    "httpx async": (
        "import httpx\nasync def f(u):\n    async with httpx.AsyncClient() as c: await c.get(u)",
        False,
    ),
    "httpx async None": (
        "import httpx\nasync def f(u):\n    async with httpx.AsyncClient(timeout=None) as c: await c.get(u)",
        True,
    ),
    "asyncio.wait_for": (
        "import asyncio, httpx\n"
        "async def f(u):\n"
        "    async with httpx.AsyncClient(timeout=None) as c: await asyncio.wait_for(c.get(u), 5)",
        False,
    ),
    "alarm": (
        "import signal, urllib.request\n"
        "def late(*a): raise TimeoutError\n"
        "def f(u):\n"
        "    signal.signal(signal.SIGALRM, late); signal.alarm(5)\n"
        "    with urllib.request.urlopen(u): pass",
        False,
    ),
    "select": (
        "import select, socket\n"
        "def f(u):\n"
        "    with socket.create_connection(('a.example', 80)) as s:\n"
        "        s.sendall(b'GET / HTTP/1.0\\r\\nHost: a.example\\r\\n\\r\\n')\n"
        "        select.select([s], [], [], 10)",
        False,
    ),
}


@pytest.mark.parametrize("client", STALL)
def test_a_stalling_server_shows_who_waits_for_ever(passes, client):
    solution, hangs = STALL[client]
    passes(
        solution,
        "self.world.web.route('http://a.example/', 'x', stall=True)\n"
        "self.attempt(self.solution.f, 'http://a.example/')\n"
        f"self.assertEqual(bool(self.world.web.hung), {hangs})",
        ["net"],
    )


def test_time_is_real_while_nobody_stalls(passes):
    passes(
        "import time, requests\n"
        "def f(u):\n    t = time.monotonic(); requests.get(u, timeout=9); time.sleep(.05); return time.monotonic() - t >= .05",
        "self.world.web.route('http://a.example/', 'x')\nself.assertTrue(self.solution.f('http://a.example/'))",
        ["net"],
    )


def test_retries_with_pauses_on_a_stalling_server_take_no_real_time(passes):
    passes(
        "import time, requests\n"
        "def f(u):\n"
        "    for n in range(3):\n"
        "        try: return requests.get(u, timeout=5)\n"
        "        except requests.Timeout: time.sleep(10)\n",
        "self.world.web.route('http://a.example/', 'x', stall=True)\n"
        "self.solution.f('http://a.example/')\nself.assertEqual(len(self.world.web.gave_up), 3)",
        ["net"],
        seconds=4,
    )
