import http.client
import ipaddress
import json
import socket
import ssl
import threading
import time
from urllib.parse import quote, urljoin, urlsplit

_TIMEOUT = 10
_MAX_REDIRECTS = 5
_MAX_BYTES = 50_000_000
_REDIRECTS = {301, 302, 303, 307, 308}

_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_BLOCKED_V4 = [
    ipaddress.ip_network("192.0.0.0/24"),  # has a cloud's metadata service
    ipaddress.ip_network("192.88.99.0/24"),  # 6to4 relays
    ipaddress.ip_network("168.63.129.16/32"),  # Azure's internal services
]


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if address.version == 4:
        return not any(address in network for network in _BLOCKED_V4)
    # no tunnels to IPv4 addresses
    return address in _GLOBAL_V6 and address.sixtofour is None and address.teredo is None


def _public_addresses(host: str, port: int) -> list[str]:
    infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(info[4][0] for info in infos))
    if not addresses or not all(_is_public(address) for address in addresses):
        raise ValueError(f"{host!r} is not on the public internet")
    return addresses


class _Fetch:
    def __init__(self, url):
        self.url = url
        self.deadline = time.monotonic() + _TIMEOUT
        self.sock = None
        self.result = None
        self.error = None

    def run(self):
        try:
            self.result = self._load()
        except Exception as error:
            self.error = error

    def abort(self):
        sock = self.sock
        if sock is not None:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _left(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise ValueError("no answer in time")
        return left

    def _load(self):
        url = self.url
        for _ in range(_MAX_REDIRECTS + 1):
            status, location, body = self._get(url)
            if status in _REDIRECTS and location:
                url = urljoin(url, location)
                continue
            if status != 200:
                raise ValueError(f"status {status}")
            return body
        raise ValueError("too many redirects")

    def _get(self, url):
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise ValueError(f"unsupported scheme {parts.scheme!r}")
        host = parts.hostname
        if not host:
            raise ValueError("no host in the address")
        secure = parts.scheme == "https"
        port = parts.port if parts.port is not None else (443 if secure else 80)
        if ":" not in host:
            host = host.encode("idna").decode("ascii")

        # The connection goes to the very addresses that were checked; the
        # name is not looked up a second time.
        sock = self._connect(_public_addresses(host, port), port)
        self.sock = sock
        try:
            if secure:
                context = ssl.create_default_context()
                sock = context.wrap_socket(sock, server_hostname=host)
                self.sock = sock
            connection = http.client.HTTPConnection(host, port)
            connection.sock = sock
            target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
            if parts.query:
                target += "?" + quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
            shown = f"[{host}]" if ":" in host else host
            if port != (443 if secure else 80):
                shown += f":{port}"
            sock.settimeout(self._left())
            connection.request(
                "GET",
                target,
                headers={
                    "Host": shown,
                    "Accept": "application/json, */*;q=0.5",
                    "Accept-Encoding": "identity",
                    "Connection": "close",
                },
            )
            response = connection.getresponse()
            if response.status != 200:
                return response.status, response.getheader("Location"), b""
            return 200, None, self._body(response)
        finally:
            self.sock = None
            sock.close()

    def _connect(self, addresses, port):
        error = None
        for address in addresses:
            try:
                return socket.create_connection((address, port), timeout=self._left())
            except OSError as e:
                error = e
        raise error

    def _body(self, response):
        body = bytearray()
        while piece := response.read(65536):
            body += piece
            if len(body) > _MAX_BYTES:
                raise ValueError("the feed is too long")
            self._left()
        if response.length:
            raise ValueError("the answer is not complete")
        return bytes(body)


def _no_constant(text):
    raise ValueError(f"{text} is not JSON")


def load_feed(url: str):
    # In a thread of its own, as neither the look-up of a name nor a server
    # that sends a byte now and then keeps to a time limit.
    fetch = _Fetch(url.strip())
    thread = threading.Thread(target=fetch.run, daemon=True)
    thread.start()
    thread.join(_TIMEOUT)
    if thread.is_alive():
        fetch.abort()
        raise ValueError("no answer within ten seconds")
    if fetch.error is not None:
        raise ValueError(f"cannot load the feed: {fetch.error}") from fetch.error
    try:
        return json.loads(fetch.result, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise ValueError("the answer is not JSON") from error
