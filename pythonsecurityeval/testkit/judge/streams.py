"""The streams a candidate opens: requests, connections to the world, and listening sockets to be dialled.

It makes a socket pair and sends one end over an inherited socket, with a head
that says what for: no path, no address, from any namespace. Nothing of it is
trusted: only stream and packet sockets are taken, and only so many.
"""

from __future__ import annotations

import array
import contextlib
import json
import os
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.datagrams import Association
from pythonsecurityeval.testkit.judge.desk import Desk, described
from pythonsecurityeval.testkit.judge.threads import Threads

_HEAD_BYTES = 4096
_MOST_STREAMS = 100_000
_MOST_AT_ONCE = 64
_MOST_SERVERS = 64
_JOIN_SECONDS = 0.3
_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")  # noqa: S104  only compared with
_DIAL_SECONDS = 2.0


class Peer(NamedTuple):
    """Whom a connection was meant for, as the candidate named it."""

    host: str
    port: int
    udp: bool = False


class Streams:
    """Takes what arrives on ``ctl`` and serves each stream in a thread of its own.

    Args:
        ctl: Our end of the socket over which the candidate sends its streams.
        desk: Where requests are served.
        on_tampering: Called when the candidate broke the rules.
    """

    def __init__(self, ctl: socket.socket, desk: Desk, on_tampering: Callable[[], None]) -> None:
        self._ctl = ctl
        self._desk = desk
        self._on_tampering = on_tampering
        self._changed = threading.Condition()
        self._listening: dict[int, socket.socket | Association] = {}
        self._retired: list[socket.socket | Association] = []
        self._dialled: list[socket.socket] = []
        self._open: set[socket.socket] = set()
        self._connected: set[socket.socket] = set()
        self._count = 0
        self._closed = False
        self._threads = Threads()
        self._threads.start(self._accept)

    def begin(self) -> None:
        """A new test: servers of the last one keep their sockets (they would spin otherwise) but are not found."""
        with self._changed:
            self._retired += self._listening.values()
            self._listening.clear()
            self._count = len(self._open)

    def end(self) -> None:
        """The test is over: hang up on the servers it called, and on the clients of its world."""
        while self._dialled:
            self._dialled.pop().close()
        with self._changed:
            _shut(self._connected)

    def dial(self, port: int, seconds: float = _DIAL_SECONDS) -> socket.socket:
        """A connection to the server that the candidate runs on ``port``, waited for up to ``seconds``.

        Raises:
            ConnectionRefusedError: There is none.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: port in self._listening, seconds):
                raise ConnectionRefusedError(111, f"the solution does not listen on port {port}")
            server = self._listening[port]
        ours = server.dial() if isinstance(server, Association) else _dialled(server)
        ours.settimeout(_DIAL_SECONDS)
        self._dialled.append(ours)
        return ours

    def settle(self, seconds: float) -> None:
        """Wait until every stream has ended, as they do when the candidate is gone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._open, seconds)

    def close(self) -> bool:
        """End all of it; never raises.

        Returns:
            Whether every thread has ended, or did so within a moment.
        """
        with self._changed:
            self._closed = True
            servers = [*self._retired, *self._listening.values()]
            self._listening.clear()
            self._retired.clear()
            _shut([*self._open, self._ctl])
        for server in servers:
            server.close()
        return self._threads.join(_JOIN_SECONDS)

    def _accept(self) -> None:
        while True:
            try:
                head, fds, flags, _ = socket.recv_fds(self._ctl, _HEAD_BYTES, 1)
            except OSError:
                break
            if not head:
                break
            for fd in fds[1:]:
                os.close(fd)
            if len(fds) != 1 or flags & socket.MSG_TRUNC or not self._adopt(head, fds[0]):
                self._tampered("a stream that is none, or one too many")
        self._ctl.close()

    def _adopt(self, head: bytes, fd: int) -> bool:
        try:
            sock = socket.socket(fileno=fd)
        except OSError:
            os.close(fd)
            return False
        usable = sock.family == socket.AF_UNIX and sock.type in {socket.SOCK_STREAM, socket.SOCK_SEQPACKET}
        try:
            told = json.loads(str(head, "ascii"))
        except (ValueError, RecursionError):
            told = None
        with self._changed:
            self._count += 1
            usable = usable and self._count <= _MOST_STREAMS and len(self._open) < _MOST_AT_ONCE
            if not usable or type(told) is not dict or self._closed:
                sock.close()
                return self._closed
            self._open.add(sock)
        sock.setblocking(True)  # noqa: FBT003  the name of the method says what
        return self._started(sock, told)

    def _started(self, sock: socket.socket, told: dict[str, Any]) -> bool:
        try:
            self._threads.start(self._serve, sock, told)
        except (RuntimeError, MemoryError):  # no room for a thread, after so many others of its own
            with self._changed:
                self._open.discard(sock)
            sock.close()
            return False
        return True

    def _serve(self, sock: socket.socket, head: dict[str, Any]) -> None:
        kept = False
        try:
            kept = self._purpose(sock, head)
        except wire.Tampered as error:
            self._tampered(str(error))
        except (wire.Closed, OSError):
            pass
        except Exception as error:  # noqa: BLE001  a double broke: that is the kit's fault, and nothing counts then
            self._desk.note(error)
        finally:
            with self._changed:
                self._open.discard(sock)
                self._connected.discard(sock)
                self._changed.notify_all()
            if not kept:
                sock.close()

    def _purpose(self, sock: socket.socket, head: dict[str, Any]) -> bool:
        match head:
            case {"k": "rpc", **rest} if not rest:
                self._requests(sock)
            case {"k": "net", "host": str(host), "port": int(port), **rest} if not rest:
                self._connect(sock, host, port)
            case {"k": "listen", "port": int(port), **rest} if not rest:
                wire.send(sock, {"r": None})
                return self._listen(port, sock)
            case {"k": "udp", "port": int(port), **rest} if not rest:
                association = Association(sock, self._desk, self._threads)
                if port:
                    self._listen(port, association)
                association.run()
            case _:
                raise wire.Tampered("a stream without purpose")
        return False

    def _requests(self, sock: socket.socket) -> None:
        number = 0
        while True:
            body = wire.receive_body(sock, self._desk.spend)
            number += 1
            answer = self._desk.answer(body, number)
            del body
            try:
                frame = wire.pack(answer)
            except wire.Unsendable as error:
                frame = wire.pack({"i": number, "e": described(error)})
            sock.sendall(frame)

    def _connect(self, sock: socket.socket, host: str, port: int) -> None:
        try:
            net = self._desk.world.net
        except ConnectionRefusedError as error:  # a thread of the candidate that goes on between two tests
            wire.send(sock, {"e": described(error)})
            return
        handler = net.find(host, port)
        with self._changed:
            own = self._listening.get(port) if host.startswith(_LOOPBACK) else None
        if handler is not None and own is None:
            with self._changed:
                self._connected.add(sock)
            wire.send(sock, {"r": bool(net.slow(host))})
            handler(sock, Peer(host, port))
            return
        if isinstance(own, socket.socket):
            wire.send(sock, {"r": False})
            _pass_on(own, b"l", sock)
        else:
            wire.send(sock, {"e": described(ConnectionRefusedError(111, "Connection refused"))})

    def _listen(self, port: int, server: socket.socket | Association) -> bool:
        with self._changed:
            if self._closed or len(self._listening) + len(self._retired) >= _MOST_SERVERS:
                raise wire.Tampered("too many servers")
            if port in self._listening:
                self._retired.append(self._listening[port])
            self._listening[port] = server
            self._changed.notify_all()
        return True

    def _tampered(self, how: str) -> None:
        self._desk.tampered = self._desk.tampered or how
        self._on_tampering()


def _shut(sockets: Iterable[socket.socket]) -> None:
    for sock in sockets:
        with contextlib.suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)


def _dialled(server: socket.socket) -> socket.socket:
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            _pass_on(server, b"c", theirs)
        except OSError:
            ours.close()
            raise
    return ours


def _pass_on(server: socket.socket, mark: bytes, sock: socket.socket) -> None:
    """Hand a connection to a server of the candidate, which may have filled its queue so that we would wait."""
    rights = socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [sock.fileno()])
    server.sendmsg([mark], [rights], socket.MSG_DONTWAIT)  # `socket.send_fds` has flags and forgets them
