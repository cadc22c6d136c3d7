"""The candidate's line to the judge: streams over the inherited socket, and numbered requests on them.

One connection per thread and process, so that threads and forks of the
candidate need no lock and cannot shift each other's answers.
"""

from __future__ import annotations

import errno
import importlib
import json
import os
import socket
import threading
from collections.abc import Callable
from typing import Any

from pythonsecurityeval.testkit.inside import faults, wire


class Line:
    """Opens streams to the judge and asks it questions.

    Args:
        ctl: The inherited socket (SEQPACKET) that new streams are handed over.
        codec: Reads and writes the values.
    """

    def __init__(self, ctl: socket.socket, codec: wire.Codec) -> None:
        self._ctl = ctl
        self._inode = os.fstat(ctl.fileno()).st_ino
        self._codec = codec
        self._mine = threading.local()

    def hand_over(self, fd: int, head: dict[str, Any]) -> None:
        """Give the judge the other end of a stream, told by ``head`` what it is for; ``fd`` is closed here.

        Raises:
            OSError: The line was closed. Its number may be that of another socket by now, even of the stream itself,
                which would then hold itself open and never be answered.
        """
        try:
            if os.fstat(self._ctl.fileno()).st_ino != self._inode:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            socket.send_fds(self._ctl, [json.dumps(head).encode()], [fd])
        finally:
            os.close(fd)

    def ask(self, what: str, *args: Any) -> Any:
        """The judge's answer to one request of the closed list; its error is raised as the library's own class."""
        message = [self._codec.enc(arg) for arg in args]
        mine = self._mine
        if getattr(mine, "pid", None) != os.getpid():
            mine.channel, mine.pid, mine.number = self._open(), os.getpid(), 0
        mine.number += 1
        wire.send(mine.channel, {"i": mine.number, "q": what, "a": message})
        return self.read(mine.channel)

    def read(self, channel: wire.Channel) -> Any:
        """The value of the next answer on a stream, or its error raised."""
        answer = wire.receive(channel)
        if "e" in answer:
            raise _error(self._codec, answer["e"])
        return self._codec.dec(answer["r"])

    def _open(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        self.hand_over(theirs.detach(), {"k": "rpc"})
        return ours


class Judge:
    """Where the seams find what belongs to one candidate: they are installed before its process is forked.

    Attributes:
        line: Its line.
        pid: Its process.
        record: Is told level and message of every log record that reaches its handlers.
        ca_pem: The root that signs the doubles' certificates; empty without a network.
    """

    line: Line

    def __init__(self) -> None:
        self.pid = 0
        self.record: Callable[[str, str], object] = lambda _level, _message: None
        self.ca_pem = ""


JUDGE = Judge()


def _error(codec: wire.Codec, claim: dict[str, Any]) -> BaseException:
    """The exception that the judge described: the first class of its family that exists here."""
    args = codec.dec(claim["a"])
    for name in claim["mro"]:
        kind = _find_class(name)
        if kind is None:
            continue
        try:
            return faults.deliberate(kind(*args))
        except TypeError:  # a constructor with arguments of its own
            return faults.deliberate(kind.__new__(kind))
    return faults.deliberate(RuntimeError(*args))


def _find_class(name: str) -> type[BaseException] | None:
    """The exception class of a qualified name, if this process can import it."""
    module, _, attribute = name.rpartition(".")
    try:
        kind = getattr(importlib.import_module(module), attribute, None)
    except ImportError:
        return None
    return kind if isinstance(kind, type) and issubclass(kind, BaseException) else None
