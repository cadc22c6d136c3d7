"""What a candidate tries past the seams of the test kit, told to the judge before the kernel's refusal.

The seams lie in the candidate's own process, where it can get past them. Nothing
comes of that, as no program starts and no socket opens; but a test that looks
for the absence of just that would take it for a defence. So the kernel puts
these calls before the fork-server, which notes and refuses them. The caller
waits meanwhile: what it tried is with the judge before it can answer anything.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import struct
from typing import Any, Final, final

from pythonsecurityeval.sandbox.notices import Notice

#: The calls that are put before the fork-server: all that start a program, and what every connection begins with.
ATTEMPTS: Final = ("execve", "execveat", "socket")

_POINTER = struct.Struct("=Q")
_MOST_WORDS = 64
_LONGEST_WORD = 4096
_MOST_BYTES = 8192
_KIND = 0xF  # of a socket's type; the rest are flags
_INTERNET = frozenset({int(socket.AF_INET), int(socket.AF_INET6)})


@final
class Attempts:
    """Notes the attempts of one candidate.

    Args:
        descriptor: Leads to the judge, a packet each; owned from now on.
    """

    def __init__(self, descriptor: int) -> None:
        self._judge = socket.socket(fileno=descriptor)

    def refuse(self, notice: Notice) -> bool:
        """Tell the judge, then refuse the call.

        Returns:
            False if the judge was told too much already; nobody is answered then.
        """
        if (told := _described(notice)) and not self._tell(told):
            return False
        notice.fail(errno.EPERM)
        return True

    def close(self) -> None:
        """Hang up."""
        self._judge.close()

    def _tell(self, told: dict[str, Any]) -> bool:
        try:
            self._judge.send(json.dumps(told).encode(), socket.MSG_DONTWAIT | socket.MSG_NOSIGNAL)
        except BrokenPipeError:  # the judge has parted already
            return True
        except OSError:
            return False
        return True


def _described(notice: Notice) -> dict[str, Any] | None:
    """What the judge is told; nothing of sockets that cannot connect: the C library makes some for its own purposes."""
    if notice.name == "socket":
        family, kind = notice.arguments[0] & 0xFFFF_FFFF, notice.arguments[1] & _KIND
        return {"k": "socket"} if family in _INTERNET and kind == socket.SOCK_STREAM else None
    if not notice.name:  # nothing honest makes such a call, and it may be any
        return {"k": "start", "argv": [""]}
    path, argv, *_ = notice.arguments if notice.name == "execve" else notice.arguments[1:]
    return {"k": "start", "argv": _words(notice, path, argv)}


def _words(notice: Notice, path: int, argv: int) -> list[str]:
    """Path and arguments of a program: cut where they are too long, and without what cannot be read."""
    words: list[bytes] = []
    try:
        words.append(notice.text(path, _LONGEST_WORD))
        left = _MOST_BYTES
        for index in range(1, _MOST_WORDS):
            (address,) = _POINTER.unpack(notice.memory(argv + _POINTER.size * index, _POINTER.size))
            if not address or left <= 0:
                break
            words.append(notice.text(address, min(left, _LONGEST_WORD)))
            left -= len(words[-1]) + 1
    except (OSError, struct.error):
        pass
    try:
        notice.check()
    except OSError:  # it was killed, and what was read may be another's
        return [""]
    return [os.fsdecode(word) for word in words] or [""]
