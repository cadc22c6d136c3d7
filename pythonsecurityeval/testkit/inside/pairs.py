"""What our sockets pretend to be: each is one end of a pair, looked up by its descriptor."""

from __future__ import annotations

import _socket
import os
import socket
from typing import Any

from pythonsecurityeval.testkit.inside.faults import deliberate


class State:
    """What one of our sockets pretends to be."""

    def __init__(self, family: int, kind: int, pending: int) -> None:
        self.family = family
        self.kind = kind
        self.pending = pending  #: The other end, until the judge has it; then -1.
        self.local: tuple[str, int] | None = None
        self.peer: tuple[str, int] | None = None
        self.options: dict[tuple[int, int], Any] = {}

    def shown(self, address: tuple[str, int]) -> tuple[Any, ...]:
        """An address in the family's form."""
        return (*address, 0, 0) if self.family == socket.AF_INET6 else address


#: By descriptor, which outlives the objects made of it.
states: dict[int, State] = {}


def state_of(sock: socket.socket) -> State | None:
    """What a socket pretends to be; None for a real one."""
    return states.get(sock.fileno())


def pair(kind: int) -> tuple[int, int]:
    """Our end and the judge's; datagrams travel as packets, whose end can be told."""
    real = socket.SOCK_SEQPACKET if kind == socket.SOCK_DGRAM else kind
    ours, theirs = _socket.socketpair(socket.AF_UNIX, real)
    return ours.detach(), theirs.detach()


def forget(fd: int) -> None:
    """The descriptor is closed, or is a real one now."""
    state = states.pop(fd, None)
    if state is not None and state.pending >= 0:
        os.close(state.pending)


def address_of(address: Any) -> tuple[str, int]:
    """Host and port of an address that a candidate passes."""
    if type(address) is not tuple or len(address) < 2 or not isinstance(address[1], int):  # noqa: PLR2004  host and port
        raise deliberate(TypeError("AF_INET address must be a pair (host, port)"))
    host, port = address[:2]
    if not 0 <= port <= 65535:  # noqa: PLR2004  the range of ports
        raise deliberate(OverflowError("connect(): port must be 0-65535."))
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        raise deliberate(TypeError("str, bytes or bytearray expected"))
    return host, int(port)
