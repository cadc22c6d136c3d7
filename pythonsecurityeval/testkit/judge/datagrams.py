"""UDP between a candidate and the world, as packets that carry the address of the other side."""

from __future__ import annotations

import contextlib
import socket
import struct
from typing import NamedTuple

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.inside.datagram import pack, unpack
from pythonsecurityeval.testkit.judge.desk import Desk
from pythonsecurityeval.testkit.judge.threads import Threads

_PACKET = 70_000
_FIRST_PORT = 50_000
_CLIENT = "198.51.100.7"
_MOST_CLIENTS = 200


class _Peer(NamedTuple):
    host: str
    port: int
    udp: bool = True


class Association:
    """One UDP socket of the candidate.

    Args:
        sock: The packet socket that it sends and receives on.
        desk: Knows the world of the running test.
        threads: Serve its clients.
    """

    def __init__(self, sock: socket.socket, desk: Desk, threads: Threads) -> None:
        self._sock = sock
        self._desk = desk
        self._threads = threads
        self._clients: dict[tuple[str, int], socket.socket] = {}

    def dial(self) -> socket.socket:
        """A client of it: datagrams by ``send`` and ``recv``."""
        if len(self._clients) >= _MOST_CLIENTS:
            raise ConnectionRefusedError(111, "too many clients")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        address = _CLIENT, _FIRST_PORT + len(self._clients)
        self._clients[address] = theirs
        self._threads.start(self._forward, theirs, address)
        return ours

    def run(self) -> None:
        """Deliver what the candidate sends, until it closes the socket."""
        try:
            while packet := self._sock.recv(_PACKET):
                self._deliver(packet)
        finally:
            self.close()

    def close(self) -> None:
        """Hang up on everybody; never raises."""
        for sock in (self._sock, *self._clients.values()):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _deliver(self, packet: bytes) -> None:
        self._desk.spend(len(packet))
        try:
            (host, port), data = unpack(packet)
        except (struct.error, ValueError):
            raise wire.Tampered("a datagram without address") from None
        if client := self._clients.get((host, port)):
            with contextlib.suppress(OSError):
                client.send(data)
            return
        responder = self._desk.world.net.find_udp(host, port)
        for answer in (responder(data, _Peer(host, port)) if responder else None) or ():
            self._sock.send(pack((host, port), answer))

    def _forward(self, client: socket.socket, address: tuple[str, int]) -> None:
        with client, contextlib.suppress(OSError):
            while data := client.recv(_PACKET):
                self._sock.send(pack(address, data))
