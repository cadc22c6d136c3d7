"""The network a candidate sees: names, addresses, servers.

Imitates: name look-up with its real error, names that change their address
between look-ups, literal addresses, refused ports, servers that stall, UDP.
Does not imitate: routing, packet loss, latency, IPv6 scopes, more than one
address a look-up.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

#: Longest wait of a server of ours for a silent client, in seconds; the sandbox's limits are shorter.
PATIENCE = 10.0
_SLICE = 0.01
_LOOPBACK = "127.0.0.1"
_MOST_CONNECTIONS = 2000


class Peer(NamedTuple):
    """Whom a connection was meant for, as the candidate named it."""

    host: str
    port: int
    udp: bool = False


Handler = Callable[[socket.socket, Peer], None]
Responder = Callable[[bytes, Peer], Iterable[bytes]]


def literal(name: str) -> str | None:
    """The address that ``name`` spells in its usual form, or None for a name.

    The short and the non-decimal forms of ``inet_aton`` (``127.1``,
    ``0x7f000001``, ``2130706433``) are understood: a resolver accepts them.
    """
    bare = name.strip("[]").partition("%")[0]
    with contextlib.suppress(ValueError):
        address = ipaddress.ip_address(bare)
        mapped = getattr(address, "ipv4_mapped", None)
        return str(mapped or address)
    with contextlib.suppress(OSError, UnicodeError):
        return socket.inet_ntoa(socket.inet_aton(bare)) if bare and bare[0].isdigit() else None
    return None


class _Name:
    """Addresses of one name; a later look-up moves on to the next and stays at the last."""

    def __init__(self, addresses: Sequence[str]) -> None:
        self.addresses = tuple(addresses)
        self._asked = 0

    def next(self) -> str:
        address = self.addresses[min(self._asked, len(self.addresses) - 1)]
        self._asked += 1
        return address


class Net:
    """Hosts, names and servers of one test.

    Attributes:
        lookups: Every name that was asked for, in order.
        dials: Every ``(host, port)`` a connection was tried to, in order, reached or not.
    """

    def __init__(self, dial: Callable[[int], socket.socket]) -> None:
        self.lookups: list[str] = []
        self.dials: list[tuple[str, int]] = []
        self._dial = dial
        self._lock = threading.RLock()
        self._names: dict[str, _Name] = {}
        self._served: dict[str, _Name] = {}  # names that are known on one port, where every name has a server
        self._servers: dict[tuple[str, int], Handler] = {}
        self._responders: dict[tuple[str, int], Responder] = {}
        self._slow: set[str] = set()

    def host(self, name: str, ip: str | Sequence[str] | None = None) -> str:
        """Make ``name`` known and return its (first) address.

        Args:
            name: A host name or a literal address.
            ip: Its address, public if omitted; a list answers one look-up each, the last for ever (rebinding).
        """
        key = name.lower().rstrip(".")
        with self._lock:
            if ip is not None:
                self._names[key] = _Name([ip] if isinstance(ip, str) else ip)
            elif key not in self._names:
                self._names[key] = self._served.get(key) or self._named(key)
            return self._names[key].addresses[0]

    def serve(self, host: str, port: int, handler: Handler, ip: str | Sequence[str] | None = None) -> None:
        """Serve ``host`` on ``port`` by ``handler(socket, peer)``, one thread a connection.

        ``host`` may be ``"*"``: every name and address then has this server, unless it has one of its own;
        names that nobody knows are known where they are looked up for this port, and for no other.
        """
        with self._lock:
            for place in self._places(host, ip):
                self._servers[place, port] = handler

    def serve_udp(self, host: str, port: int, responder: Responder) -> None:
        """Answer each datagram to ``host`` on ``port`` by what ``responder(data, peer)`` yields."""
        with self._lock:
            for place in self._places(host, None):
                self._responders[place, port] = responder

    def dial(self, port: int) -> socket.socket:
        """A connection to a server that the candidate runs on ``port``."""
        return self._dial(port)

    def stall(self, host: str) -> None:
        """Declare that ``host`` lets its clients wait; their time-outs then run out at once."""
        with self._lock:
            self._slow |= set(self._places(host, None))

    def resolve(self, host: str | None, port: int = 0) -> list[str]:
        """The addresses of a name, as a resolver would answer.

        Args:
            host: The name.
            port: What it is looked up for. Where one server serves every name on its port, every name is known for it.

        Raises:
            socket.gaierror: Nobody knows the name.
        """
        with self._lock:
            self.lookups.append(host or "")
            key = (host or "").lower().rstrip(".")
            if key in self._names:
                return [self._names[key].next()]
            if key in {"", "localhost"} or key.endswith(".localhost"):
                return [_LOOPBACK]
            if address := literal(key):
                return [address]
            if ("*", port) in self._servers:
                return [self._served.setdefault(key, self._named(key)).next()]
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    def find(self, host: str, port: int) -> Handler | None:
        """The server behind ``host`` (a name or an address) and ``port``; None refuses the connection.

        A name is looked up first; the handler is told the address that came of it.
        """
        with self._lock:
            self.dials.append((host, port))
            if len(self.dials) > _MOST_CONNECTIONS:
                return None
            try:
                address = literal(host) or self.resolve(host, port)[0]
            except OSError:
                return None
            place = next((k for k in (address, host.lower(), "*") if (k, port) in self._servers), None)
            return _quiet(self._servers[place, port], Peer(address, port)) if place else None

    def find_udp(self, host: str, port: int) -> Responder | None:
        """Who answers datagrams to ``host`` and ``port``; None drops them."""
        with self._lock:
            return next((self._responders[k, port] for k in self._keys(host) if (k, port) in self._responders), None)

    def slow(self, host: str) -> bool:
        """Whether the server of that name or address stalls."""
        with self._lock:
            return any(key in self._slow for key in self._keys(host))

    def _keys(self, host: str) -> list[str]:
        key = host.lower().rstrip(".")
        known = self._names[key].addresses if key in self._names else ()
        return [key, *known, literal(key) or (_LOOPBACK if key in {"", "localhost"} else key), "*"]

    def _places(self, host: str, ip: str | Sequence[str] | None) -> list[str]:
        if host == "*":
            return ["*"]
        self.host(host, ip)
        key = host.lower().rstrip(".")
        return [key, *self._names[key].addresses]

    def _named(self, key: str) -> _Name:
        return _Name([literal(key) or (_LOOPBACK if key == "localhost" else self._fresh())])

    def _fresh(self) -> str:
        count = len(self._names.keys() | self._served.keys())
        return f"93.184.{216 + count // 200}.{10 + count % 200}"


def _quiet(handler: Handler, peer: Peer) -> Handler:
    """The handler for one peer: closes its socket, and takes clients that hang up or talk nonsense as ordinary."""

    def handle(sock: socket.socket, _: Peer) -> None:
        sock.settimeout(PATIENCE)
        with sock, contextlib.suppress(OSError, ssl.SSLError):
            handler(sock, peer)

    return handle


def hangs(sock: socket.socket, seconds: float) -> bool:
    """Whether the client still waits after ``seconds`` of silence; False if it hung up by itself.

    The time is measured in short slices, and a slice that took longer than it
    should counts no more for that: on a busy machine the client was not running either.
    """
    sock.settimeout(_SLICE)
    begin = time.monotonic()
    left = round(seconds / _SLICE)
    while left > 0 and time.monotonic() - begin < PATIENCE / 4:
        try:
            if not sock.recv(65536):
                return False
        except (TimeoutError, ssl.SSLWantReadError):
            left -= 1
        except OSError:
            return False
    return True
