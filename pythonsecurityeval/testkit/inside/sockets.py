"""Internet sockets without any: each is one end of a pair, whose other end goes to the judge.

The sandbox refuses ``socket()``; a pair of AF_UNIX sockets is all there is. So
the cut lies in ``socket.socket.__init__``: a socket of a family AF_INET is a
pair from the start, its other end waits for `connect`, `bind` or `listen`, and
family and addresses are faked. Everything that reads, writes or waits then
works on a real descriptor, by real code.
"""

from __future__ import annotations

import _socket
import array
import copy
import errno
import itertools
import os
import socket
from typing import Any

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.inside.clock import CLOCK
from pythonsecurityeval.testkit.inside.faults import deliberate, replace, seam
from pythonsecurityeval.testkit.inside.line import JUDGE
from pythonsecurityeval.testkit.inside.pairs import State, address_of, forget, pair, state_of, states

INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})
_HERE = "192.0.2.10"
_CLIENT = "198.51.100.7"
_FLAGS = socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
_REAL_OPTIONS = frozenset({socket.SO_ERROR, socket.SO_RCVTIMEO, socket.SO_SNDTIMEO})
_ports = itertools.count(40_000)
_clients = itertools.count(50_000)


_real_init = socket.socket.__init__


def _init(
    self: socket.socket,
    family: int = -1,
    type: int = -1,  # noqa: A002  its name
    proto: int = -1,
    fileno: int | None = None,
) -> None:
    if fileno is None and family not in {-1, *INTERNET}:
        _real_init(self, family, type, proto, fileno)
        forget(self.fileno())
    elif fileno is None:
        _make(self, socket.AF_INET if family == -1 else family, socket.SOCK_STREAM if type == -1 else type & ~_FLAGS)
    elif family in INTERNET or (family == -1 and fileno in states):
        state = states.setdefault(fileno, State(int(family), type & ~_FLAGS if type != -1 else socket.SOCK_STREAM, -1))
        _real_init(self, socket.AF_UNIX, state.kind, 0, fileno)
        _become_datagram(self, state)
    else:
        forget(fileno)
        _real_init(self, family, type, proto, fileno)


def _make(self: socket.socket, family: int, kind: int) -> None:
    if kind not in {socket.SOCK_STREAM, socket.SOCK_DGRAM}:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
    ours, theirs = pair(kind)
    forget(ours)
    states[ours] = State(int(family), kind, theirs)
    _real_init(self, socket.AF_UNIX, kind, 0, ours)
    _become_datagram(self, states[ours])


def _become_datagram(self: socket.socket, state: State) -> None:
    if state.kind == socket.SOCK_DGRAM and type(self) is socket.socket:
        from pythonsecurityeval.testkit.inside.udp import Datagram

        self.__class__ = Datagram  # recv and send of streams stay untouched, and fast


def _family(self: socket.socket) -> Any:
    state = state_of(self)
    return socket.AddressFamily(state.family if state else _socket.socket.family.__get__(self))


def _kind(self: socket.socket) -> Any:
    state = state_of(self)
    return socket.SocketKind(state.kind if state else _socket.socket.type.__get__(self))


class _Raw:
    """The stream below a socket, before any TLS and without its time-out."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock

    def recv(self, size: int, /) -> bytes:
        """As of a socket."""
        return _socket.socket.recv(self._sock, size)

    def sendall(self, data: bytes, /) -> None:
        """As of a socket."""
        _socket.socket.sendall(self._sock, data)


def open_stream(self: socket.socket, state: State, head: dict[str, Any]) -> Any:
    """Hand our other end to the judge and read its answer, whatever time-out the socket has."""
    if state.pending < 0:  # an earlier try was refused
        ours, state.pending = pair(state.kind)
        os.dup2(ours, self.fileno(), inheritable=False)
        os.close(ours)
    waits = _real_gettimeout(self)
    pending, state.pending = state.pending, -1
    JUDGE.line.hand_over(pending, head)
    _real_settimeout(self, None)
    try:
        return JUDGE.line.read(_Raw(self))
    except wire.Tampered:
        raise
    except wire.Closed:  # the test ended while a thread of the candidate was still connecting
        raise deliberate(ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))) from None
    finally:
        _real_settimeout(self, waits)


@seam
def _connect(self: socket.socket, address: Any) -> None:
    state = state_of(self)
    if state is None:
        return _socket.socket.connect(self, address)
    host, port = address_of(address)
    if state.peer is not None:
        raise OSError(errno.EISCONN, os.strerror(errno.EISCONN))
    slow = open_stream(self, state, {"k": "net", "host": host, "port": port})
    state.peer, state.local = (host, port), state.local or (_HERE, next(_ports))
    if slow:
        hurry(self)
    return None


def hurry(self: socket.socket) -> None:
    """From now on time-outs run out at once: this socket's too, although it was set before."""
    if CLOCK.scale == 1.0:
        waits = _real_gettimeout(self)
        CLOCK.hurry()
        _real_settimeout(self, CLOCK.shorten(waits))


def _connect_ex(self: socket.socket, address: Any) -> int:
    try:
        self.connect(address)
    except OSError as error:
        return error.errno or errno.ECONNREFUSED
    return 0


@seam
def _bind(self: socket.socket, address: Any) -> None:
    state = state_of(self)
    if state is None:
        return _socket.socket.bind(self, address)
    host, port = address_of(address)
    state.local = host or "0.0.0.0", port or next(_ports)
    return None


@seam
def _listen(self: socket.socket, backlog: int = 128, /) -> None:
    state = state_of(self)
    if state is None:
        return _socket.socket.listen(self, backlog)
    if (socket.SOL_SOCKET, socket.SO_ACCEPTCONN) not in state.options:
        state.local = state.local or ("0.0.0.0", next(_ports))
        state.options[socket.SOL_SOCKET, socket.SO_ACCEPTCONN] = 1
        open_stream(self, state, {"k": "listen", "port": state.local[1]})
    return None


@seam
def _accept(self: socket.socket) -> tuple[int, Any]:
    state = state_of(self)
    if state is None:
        accepted: tuple[int, Any] = _socket.socket._accept(self)  # type: ignore[attr-defined]
        return accepted
    fds = array.array("i")
    byte, extra, _, _ = _socket.socket.recvmsg(self, 1, socket.CMSG_LEN(fds.itemsize))
    for level, kind, data in extra:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
    if not byte or not fds:
        raise ConnectionAbortedError(errno.ECONNABORTED, os.strerror(errno.ECONNABORTED))
    forget(fds[0])
    state_new = states[fds[0]] = State(state.family, state.kind, -1)
    state_new.local, state_new.peer = state.local, ("127.0.0.1" if byte == b"l" else _CLIENT, next(_clients))
    return fds[0], state.shown(state_new.peer)


def _getsockname(self: socket.socket) -> Any:
    state = state_of(self)
    if state is None:
        return _socket.socket.getsockname(self)
    return state.shown(state.local or ("0.0.0.0", 0))


def _getpeername(self: socket.socket) -> Any:
    state = state_of(self)
    if state is None:
        return _socket.socket.getpeername(self)
    if state.peer is None:
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))
    return state.shown(state.peer)


def _setsockopt(self: socket.socket, level: int, option: int, *value: Any) -> None:
    state = state_of(self)
    if state is None or (level == socket.SOL_SOCKET and option in _REAL_OPTIONS):
        return _socket.socket.setsockopt(self, level, option, *value)
    state.options[level, option] = value[0]
    return None


def _getsockopt(self: socket.socket, level: int, option: int, *size: int) -> Any:
    state = state_of(self)
    if state is None or (level == socket.SOL_SOCKET and option in _REAL_OPTIONS):
        return _socket.socket.getsockopt(self, level, option, *size)
    if (level, option) == (socket.SOL_SOCKET, socket.SO_TYPE):
        return state.kind
    return state.options.get((level, option), bytes(size[0]) if size else 0)


_real_settimeout, _real_gettimeout = _socket.socket.settimeout, _socket.socket.gettimeout


def _settimeout(self: socket.socket, value: float | None) -> None:
    _real_settimeout(self, CLOCK.shorten(value) if isinstance(value, int | float) else value)


def _gettimeout(self: socket.socket) -> float | None:
    value = _real_gettimeout(self)
    return value * CLOCK.scale if value else value


def _dup(self: socket.socket) -> socket.socket:
    fd, state = _socket.dup(self.fileno()), state_of(self)
    if state is not None:
        forget(fd)
        states[fd] = copy.copy(state)
        states[fd].pending = os.dup(state.pending) if state.pending >= 0 else -1
    other = self.__class__(self.family, self.type, self.proto, fileno=fd)
    other.settimeout(self.gettimeout())
    return other


_real_close = socket.socket._real_close  # type: ignore[attr-defined]


def _close(self: socket.socket, *base: Any) -> None:
    forget(self.fileno())
    _real_close(self, *base)


def install() -> None:
    """Cut `socket.socket`."""
    own = {"__init__": _init, "family": property(_family), "type": property(_kind), "_accept": _accept}
    own |= {"connect": _connect, "connect_ex": _connect_ex, "bind": _bind, "listen": _listen, "dup": _dup}
    own |= {"getsockname": _getsockname, "getpeername": _getpeername, "_real_close": _close}
    own |= {"setsockopt": _setsockopt, "getsockopt": _getsockopt}
    replace(socket.socket, **own, settimeout=_settimeout, gettimeout=_gettimeout)
