"""Framed JSON with descriptors over a socket pair: how parent, zygotes, fork-servers and judges talk.

A frame is its length (4 bytes, network order) and a JSON object; descriptors
ride on the length. A peer that breaks a rule is a peer that is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import struct
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pythonsecurityeval.errors import InfrastructureError

_HEAD = struct.Struct("!I")
_LIMIT = 1 << 24
_MOST_DESCRIPTORS = 64


class Gone(InfrastructureError):
    """The other side hung up, was too slow, or broke the rules of the channel."""


class Channel:
    """One end of a conversation.

    Args:
        sock: A connected stream socket; the channel owns it from now on.
        limit: The longest frame that is accepted, in bytes.
        descriptors: How many descriptors are accepted with one frame.
    """

    def __init__(self, sock: socket.socket, *, limit: int = _LIMIT, descriptors: int = _MOST_DESCRIPTORS) -> None:
        self.socket = sock
        self._limit = limit
        self._descriptors = descriptors

    @classmethod
    def pair(cls, *, limit: int = _LIMIT, descriptors: int = _MOST_DESCRIPTORS) -> tuple[Channel, socket.socket]:
        """A channel, and the socket that the other side is to be given."""
        ours, theirs = socket.socketpair()
        return cls(ours, limit=limit, descriptors=descriptors), theirs

    def fileno(self) -> int:
        """The descriptor, for `poll`."""
        return self.socket.fileno()

    def send(self, message: Mapping[str, Any], descriptors: Sequence[int] = ()) -> None:
        """Send one message.

        Raises:
            Gone: The other side cannot be reached.
        """
        body = json.dumps(message).encode()
        try:
            self.socket.settimeout(30)
            sent = 0
            if descriptors:
                sent = socket.send_fds(self.socket, [_HEAD.pack(len(body)) + body], list(descriptors))
            self.socket.sendall((_HEAD.pack(len(body)) + body)[sent:])
        except OSError as error:
            raise Gone(f"channel: {error}") from None

    def receive(self, seconds: float | None = None) -> tuple[dict[str, Any], list[int]]:
        """The next message and the descriptors that came with it.

        Args:
            seconds: How long the whole message may take; None for ever.

        Raises:
            Gone: No whole message came in time, or it was not one.
        """
        end = None if seconds is None else time.monotonic() + seconds
        descriptors: list[int] = []
        head = self._exactly(_HEAD.size, end, descriptors)
        (length,) = _HEAD.unpack(head)
        if length > self._limit:
            raise Gone("channel: frame too long")
        body = self._exactly(length, end, descriptors)
        try:
            message = json.loads(str(body, "ascii"))
        except (ValueError, RecursionError):
            raise Gone("channel: not JSON") from None
        if not isinstance(message, dict):
            raise Gone("channel: not an object")
        return message, descriptors

    def refuse_descriptors(self) -> None:
        """From now on, descriptors that the other side sends are dropped."""
        self._descriptors = 0

    def ready(self, seconds: float) -> bool:
        """Whether something can be received, or the other side is gone, within ``seconds``."""
        poller = select.poll()
        poller.register(self.socket, select.POLLIN)
        return bool(poller.poll(max(0.0, seconds) * 1000))

    def shut_down(self) -> None:
        """Make every wait on this channel, in any thread, end as if the other side had hung up."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Hang up; may be called twice."""
        self.socket.close()

    def _exactly(self, size: int, end: float | None, descriptors: list[int]) -> bytes:
        parts: list[bytes] = []
        while size:
            part = self._some(size, end, descriptors)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _some(self, size: int, end: float | None, descriptors: list[int]) -> bytes:
        try:
            self.socket.settimeout(None if end is None else max(0.001, end - time.monotonic()))
            if self._descriptors > len(descriptors):
                part, found, flags, _ = socket.recv_fds(self.socket, min(size, 1 << 16), self._descriptors)
                descriptors += found
                if flags & socket.MSG_CTRUNC:
                    close_all(descriptors)
                    raise InfrastructureError("no descriptors are left for what another process sends; see ulimit -n")
            else:
                part = self.socket.recv(min(size, 1 << 16))
        except OSError as error:
            raise Gone(f"channel: {error or 'no answer in time'}") from None
        if not part:
            raise Gone("channel: closed")
        return part


def close_all(descriptors: Sequence[int]) -> None:
    """Close descriptors that came with a message and are not wanted any more."""
    for descriptor in descriptors:
        os.close(descriptor)
