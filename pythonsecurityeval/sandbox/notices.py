"""System calls that the kernel puts before somebody else, as seccomp's user notification does; see seccomp_unotify(2).

What such a call points to lies in the caller's memory: hostile, and changed at
any time. So it is copied once, and no call is ever let through afterwards.
"""

from __future__ import annotations

import errno
import fcntl
import os
import select
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import final

from pythonsecurityeval.sandbox.syscall_numbers import audit_arch, numbers
from pythonsecurityeval.sandbox.syscalls import read_memory

_RECEIVE, _ANSWER, _IS_VALID = 0xC050_2100, 0xC018_2101, 0x4008_2102
_NOTICE = struct.Struct("=QIIiIQ6Q")
_VERDICT = struct.Struct("=QqiI")
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Notice:
    """A call that waits for its answer.

    Attributes:
        pid: The calling thread.
        name: The call; empty for one of another machine's table.
        arguments: Its six arguments, as they are.
        listener: Where it came from.
        identity: Its number there.
    """

    pid: int
    name: str
    arguments: tuple[int, ...]
    listener: int = -1
    identity: int = 0

    def memory(self, address: int, size: int) -> bytes:
        """Bytes of the caller's memory, fewer where it ends; at least one.

        Raises:
            OSError: There is none, as the caller has ended or lied.
        """
        found = read_memory(self.pid, address, size)
        if not found:
            raise OSError(errno.EFAULT, "no memory there")
        return found

    def text(self, address: int, most: int) -> bytes:
        """The text at ``address`` without its end, at most ``most`` bytes.

        Raises:
            OSError: There is none.
        """
        text = b""  # read page by page, as the next may not exist
        while b"\0" not in text and len(text) < most:
            place = address + len(text)
            text += self.memory(place, min(_PAGE - place % _PAGE, most - len(text)))
        return text.partition(b"\0")[0]

    def check(self) -> None:
        """Make sure that the caller still waits: else its number may be another's, and so was the memory.

        Raises:
            OSError: It does not.
        """
        fcntl.ioctl(self.listener, _IS_VALID, struct.pack("=Q", self.identity))

    def fail(self, number: int) -> None:
        """Answer with an error, 0 for success; a caller that was killed meanwhile needs none."""
        try:
            fcntl.ioctl(self.listener, _ANSWER, _VERDICT.pack(self.identity, 0, -number, 0))
        except OSError:
            return


@final
class Listener:
    """Where the kernel puts the calls of one candidate.

    Args:
        descriptor: What installing its filter returned; owned from now on.
        names: The calls that the filter asks about.
    """

    def __init__(self, descriptor: int, names: Iterable[str]) -> None:
        self._descriptor = descriptor
        table = numbers()
        self._names = {table[name]: name for name in names if name in table}

    def fileno(self) -> int:
        """The descriptor, for `poll`."""
        return self._descriptor

    def next(self) -> Notice | None:
        """The call that waits; None if it was given up.

        Raises:
            EOFError: Nobody is left who could ask.
        """
        poller = select.poll()
        poller.register(self._descriptor, select.POLLIN)
        if poller.poll(0) != [(self._descriptor, select.POLLIN)]:
            raise EOFError
        buffer = bytearray(_NOTICE.size)
        try:
            fcntl.ioctl(self._descriptor, _RECEIVE, buffer, True)  # noqa: FBT003 - the call has no keywords
        except OSError:  # the caller was killed meanwhile
            return None
        identity, pid, _, number, arch, _, *arguments = _NOTICE.unpack(buffer)
        name = self._names.get(number, "") if arch == audit_arch() else ""
        return Notice(pid, name, tuple(arguments), self._descriptor, identity)

    def close(self) -> None:
        """No more calls; those that wait fail."""
        os.close(self._descriptor)
