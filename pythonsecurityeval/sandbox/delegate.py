"""Changes modes, owners and times for a candidate, where the kernel would let it change those of foreign files.

Landlock does not govern metadata. Without namespaces a candidate of an ordinary
user shares that user with everything the user owns, so its calls are put
before the fork-server, which does what was asked inside the scratch folder and
refuses the rest. The path is copied once and resolved by us: nothing that the
candidate changes afterwards has an effect.
"""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from pythonsecurityeval.sandbox.notices import Notice
from pythonsecurityeval.sandbox.syscalls import open_beneath

#: The calls that are put before the fork-server.
DELEGATED: Final = ("chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "lchown", "utimensat")

_TIMES = struct.Struct("=4q")
_LONGEST_PATH = 4096
_HERE = -100 & 0xFFFF_FFFF
_NO_FOLLOW = 0x100
_NOW, _OMIT = (1 << 30) - 1, (1 << 30) - 2
_SAME = 0xFFFF_FFFF
_SECOND = 10**9


class Delegate:
    """Does what the calls of one candidate ask.

    Args:
        folder: The scratch folder, opened.
        scratch: Its path.
    """

    def __init__(self, folder: int, scratch: str) -> None:
        self._folder = folder
        self._scratch = os.path.realpath(scratch)

    def answer(self, notice: Notice) -> None:
        """Do what a call asks, or refuse it."""
        notice.fail(self._attempt(notice))

    def _attempt(self, notice: Notice) -> int:
        try:
            act = self._plan(notice)
            notice.check()
            act()
        except OSError as error:
            return error.errno or errno.EPERM
        except (ValueError, OverflowError):
            return errno.EINVAL
        return 0

    def _plan(self, notice: Notice) -> Callable[[], None]:
        first, second, third, fourth, *_ = notice.arguments
        if notice.name.endswith(("chown", "chownat")):
            owners = (third, fourth) if notice.name == "fchownat" else (second, third)
            return lambda: _keep_owner(*(owner & _SAME for owner in owners))
        if notice.name == "utimensat":
            return self._times(notice, first, second, third, fourth)
        if notice.name == "fchmod":
            opened, mode = self._of_descriptor(notice, first), second
        elif notice.name == "chmod":
            opened, mode = self._of_path(notice, _HERE, first), second
        else:
            opened, mode = self._of_path(notice, first & _SAME, second), third
        return lambda: _with(opened, lambda path: Path(path).chmod(mode & 0o7777))

    def _times(self, notice: Notice, base: int, path: int, times: int, flags: int) -> Callable[[], None]:
        if flags & _NO_FOLLOW:
            return lambda: None  # of the link itself: nobody asks for it
        opened = self._of_path(notice, base & _SAME, path) if path else self._of_descriptor(notice, base)
        if not times:
            return lambda: _with(opened, lambda name: os.utime(name))
        read, read_ns, written, written_ns = _unpacked(notice.memory(times, _TIMES.size))
        if read_ns >= _OMIT or written_ns >= _OMIT:
            return lambda: _with(opened, lambda name: os.utime(name))
        pair = (read * _SECOND + read_ns, written * _SECOND + written_ns)
        return lambda: _with(opened, lambda name: os.utime(name, ns=pair))

    def _of_descriptor(self, notice: Notice, descriptor: int) -> int:
        return self._inside(str(Path(f"/proc/{notice.pid}/fd/{descriptor & _SAME}").readlink()))

    def _of_path(self, notice: Notice, base: int, address: int) -> int:
        path = os.fsdecode(notice.text(address, _LONGEST_PATH + 1))
        if len(path) > _LONGEST_PATH:
            raise OSError(errno.ENAMETOOLONG, "path")
        if not path:
            raise OSError(errno.ENOENT, "no path")
        if not path.startswith("/"):
            where = f"/proc/{notice.pid}/" + ("cwd" if base == _HERE else f"fd/{base}")
            path = f"{Path(where).readlink()}/{path}"
        return self._inside(path)

    def _inside(self, path: str) -> int:
        """The opened file at a path in the scratch folder, never followed out of it."""
        if path == self._scratch:
            return os.dup(self._folder)
        if not path.startswith(f"{self._scratch}/"):
            raise OSError(errno.EPERM, "outside")
        return open_beneath(self._folder, path.removeprefix(f"{self._scratch}/").lstrip("/") or ".")


def _unpacked(times: bytes) -> tuple[int, ...]:
    if len(times) != _TIMES.size:
        raise OSError(errno.EFAULT, "times that are cut off")
    return _TIMES.unpack(times)


def _with(opened: int, act: Callable[[str], None]) -> None:
    try:
        act(f"/proc/self/fd/{opened}")
    finally:
        os.close(opened)


def _keep_owner(user: int, group: int) -> None:
    if user not in {_SAME, os.getuid()} or group not in {_SAME, os.getgid()}:
        raise OSError(errno.EPERM, "another owner")
