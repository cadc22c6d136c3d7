import http.client
import io
import ipaddress
import json
import re
import socket
import ssl
import threading
import time
import zlib
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

_SECONDS = 10
_MAX_REDIRECTS = 5
_MAX_BYTES = 8 * 1024 * 1024
_PIECE = 65536

# What the ipaddress module of this Python takes for public, or might take.
_NOT_PUBLIC = [
    ipaddress.ip_network(net)
    for net in (
        "192.0.0.0/24",  # protocol assignments, metadata service of a cloud
        "192.88.99.0/24",  # 6to4 relays
        "168.63.129.16/32",  # internal service of a cloud
        "2001::/23",
        "2002::/16",  # 6to4, leads to any IPv4 address
        "3fff::/20",
    )
]
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text)
    if address.version == 6:
        if address.scope_id:
            return False
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _NAT64:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        elif address not in _GLOBAL_UNICAST:
            return False
    return (
        address.is_global
        and not address.is_multicast
        and not address.is_reserved
        and not address.is_unspecified
        and not any(address in net for net in _NOT_PUBLIC if net.version == address.version)
    )


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise ValueError("no answer in time")
    return left


def _look_up(host: str, port: int, deadline: float) -> list[tuple]:
    """All addresses of `host`, if every one of them is public."""
    outcome: list = []

    def work() -> None:
        try:
            outcome.append(
                socket.getaddrinfo(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM)
            )
        except Exception as error:
            outcome.append(error)

    # A name server of the visitor's may be slow; the lookup cannot be stopped.
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(_left(deadline))
    if not outcome:
        raise ValueError("no answer in time")
    if isinstance(outcome[0], Exception) or not outcome[0]:
        raise ValueError("unknown host")
    found = outcome[0]
    for family, _, _, _, sockaddr in found:
        if family not in (socket.AF_INET, socket.AF_INET6) or not _is_public(sockaddr[0]):
            raise ValueError("the address is not public")
    return found


def _connect(found: list[tuple], deadline: float) -> socket.socket:
    """Connect to one of the checked addresses; there is no second lookup."""
    for number, (family, kind, proto, _, sockaddr) in enumerate(found):
        sock = socket.socket(family, kind, proto)
        try:
            sock.settimeout(_left(deadline) / (len(found) - number))
            sock.connect(sockaddr)
            return sock
        except OSError:
            sock.close()
        except BaseException:
            sock.close()
            raise
    raise ValueError("the server cannot be reached")


class _TimedReader(io.RawIOBase):
    """Reads from a socket up to a fixed point in time, however slow the server."""

    def __init__(self, sock: socket.socket, deadline: float):
        self._sock = sock
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._sock.settimeout(_left(self._deadline))
        return self._sock.recv_into(buffer)


class _TimedSocket:
    """The little of a socket that http.client needs; closed by its owner."""

    def __init__(self, sock: socket.socket, deadline: float):
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data) -> None:
        self._sock.settimeout(_left(self._deadline))
        self._sock.sendall(data)

    def makefile(self, *args, **kwargs):
        return io.BufferedReader(_TimedReader(self._sock, self._deadline))

    def close(self) -> None:
        pass


def _parse(url: str) -> tuple[str, str, int, str]:
    """Scheme, host, port and request target."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https"):
        raise ValueError("only http and https")
    host = parts.hostname
    if not host:
        raise ValueError("no host")
    if ":" in host:
        host = str(ipaddress.IPv6Address(host))
    else:
        host = host.encode("idna").decode("ascii")
        if not re.fullmatch(r"[A-Za-z0-9._-]+", host):
            raise ValueError("not a host name")
    port = parts.port
    if port is None:
        port = 443 if parts.scheme == "https" else 80
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return parts.scheme, host, port, target


def _unpack(data: bytes, packing: str) -> bytes:
    """Unpack an answer that came compressed although nobody asked for it."""
    packing = packing.strip().lower()
    if packing in ("", "identity"):
        return data
    if packing in ("gzip", "x-gzip"):
        engine = zlib.decompressobj(31)
    elif packing == "deflate":
        engine = zlib.decompressobj(15 if data[:1] and data[0] & 0x8F == 8 else -15)
    else:
        raise ValueError("the answer is packed in an unknown way")
    result = engine.decompress(data, _MAX_BYTES + 1)
    if len(result) > _MAX_BYTES:
        raise ValueError("the answer is too big")
    if not engine.eof:
        raise ValueError("the answer is not complete")
    return result


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    body = bytearray()
    while piece := response.read1(_PIECE):
        body += piece
        if len(body) > _MAX_BYTES:
            raise ValueError("the answer is too big")
        _left(deadline)
    if response.length:
        raise ValueError("the answer is not complete")
    return _unpack(bytes(body), response.headers.get("Content-Encoding", ""))


def _request(url: str, deadline: float) -> tuple[int, str | None, bytes]:
    """One GET: status, address of a redirect, body of a 200."""
    scheme, host, port, target = _parse(url)
    sock = _connect(_look_up(host, port, deadline), deadline)
    try:
        sock.settimeout(_left(deadline))
        if scheme == "https":
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=host)
        name = f"[{host}]" if ":" in host else host
        if port != (443 if scheme == "https" else 80):
            name += f":{port}"
        connection = http.client.HTTPConnection(host, port)
        connection.sock = _TimedSocket(sock, deadline)
        connection.request(
            "GET",
            target,
            headers={
                "Host": name,
                "Accept": "application/feed+json, application/json, */*;q=0.5",
                "Accept-Encoding": "identity",
                "User-Agent": "feed-widget/1.0",
                "Connection": "close",
            },
        )
        with connection.getresponse() as response:
            if response.status in (301, 302, 303, 307, 308):
                location = response.headers.get("Location")
                if location:
                    location = location.encode("latin-1", "replace").decode("utf-8", "replace")
                    return response.status, location, b""
            if response.status != 200:
                return response.status, None, b""
            return response.status, None, _read(response, deadline)
    finally:
        sock.close()


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def load_feed(url: str) -> Any:
    """The JSON document at `url`, a public address on the internet."""
    deadline = time.monotonic() + _SECONDS
    try:
        url = url.strip()
        for _ in range(_MAX_REDIRECTS + 1):
            status, location, body = _request(url, deadline)
            if location is not None:
                url = urljoin(url, location)
                continue
            if status != 200:
                raise ValueError(f"the server answered with status {status}")
            return json.loads(body, parse_constant=_no_constant)
    except (OSError, http.client.HTTPException, zlib.error, RecursionError) as error:
        raise ValueError(f"cannot load the feed: {error}") from error
    raise ValueError("too many redirects")
