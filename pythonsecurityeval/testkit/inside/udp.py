"""UDP sockets: packets to and from the judge that carry the other side's address."""

from __future__ import annotations

import _socket
import errno
import os
import socket
import struct
from typing import Any

from pythonsecurityeval.testkit.inside import datagram
from pythonsecurityeval.testkit.inside.faults import seam
from pythonsecurityeval.testkit.inside.line import JUDGE
from pythonsecurityeval.testkit.inside.pairs import State, address_of, state_of
from pythonsecurityeval.testkit.inside.sockets import hurry

_PACKET = 70_000


class Datagram(socket.socket):
    """What a UDP socket of the candidate is."""

    __slots__ = ()

    @seam
    def connect(self, address: Any, /) -> None:
        """Send to and hear from one address only."""
        state = self._open()
        state.peer = address_of(address)
        self._hurry_if_silent(state, state.peer)

    @seam
    def bind(self, address: Any, /) -> None:
        """Hear what is sent to a port."""
        super().bind(address)
        self._open()

    def sendto(self, data: Any, *rest: Any) -> int:
        """Send to an address; flags may stand before it."""
        return self._send(data, address_of(rest[-1]))

    def send(self, data: Any, _flags: int = 0, /) -> int:
        """Send to the address connected to."""
        state = self._open()
        if state.peer is None:
            raise OSError(errno.EDESTADDRREQ, os.strerror(errno.EDESTADDRREQ))
        return self._send(data, state.peer)

    def sendall(self, data: Any, _flags: int = 0, /) -> None:
        """As `send`."""
        self.send(data)

    def recvfrom(self, size: int, flags: int = 0, /) -> tuple[bytes, Any]:
        """A datagram and whom it is from."""
        state = self._open()
        while True:
            packet = _socket.socket.recv(self, _PACKET, flags)
            if not packet:
                raise ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))
            try:
                address, data = datagram.unpack(packet)
            except (struct.error, ValueError):
                continue
            if state.peer in {None, address}:
                return data[:size], state.shown(address)

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """A datagram."""
        return self.recvfrom(size, flags)[0]

    def recvfrom_into(self, buffer: Any, size: int = 0, flags: int = 0, /) -> tuple[int, Any]:
        """A datagram, into a buffer."""
        data, address = self.recvfrom(size or len(buffer), flags)
        memoryview(buffer).cast("B")[: len(data)] = data
        return len(data), address

    def recv_into(self, buffer: Any, size: int = 0, flags: int = 0, /) -> int:
        """A datagram, into a buffer."""
        return self.recvfrom_into(buffer, size, flags)[0]

    @seam
    def _send(self, data: Any, address: tuple[str, int]) -> int:
        state = self._open()
        self._hurry_if_silent(state, address)
        _socket.socket.send(self, datagram.pack(address, bytes(data)))
        return len(data)

    def _open(self) -> State:
        """Hand the other end to the judge, once."""
        state = state_of(self)
        if state is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        if state.pending >= 0:
            pending, state.pending = state.pending, -1
            JUDGE.line.hand_over(pending, {"k": "udp", "port": state.local[1] if state.local else 0})
        return state

    def _hurry_if_silent(self, state: State, address: tuple[str, int]) -> None:
        """A datagram to nobody is never answered: whoever waits for it with a time-out need not do so in real time."""
        key = -1, hash(address)
        if state.local is None and key not in state.options:
            state.options[key] = True
            if JUDGE.line.ask("silent", *address):
                hurry(self)
