"""Changes modes, owners and times for a candidate, where the kernel would let it change those of foreign files.

Landlock does not govern metadata. Without namespaces a candidate of an ordinary
user shares that user with everything the user owns, so its calls are put
before the fork-server, which does what was asked inside the scratch folder and
refuses the rest. The path is copied once and resolved by us: nothing that the
candidate changes afterwards has an effect.
"""

from __future__ import annotations

import errno
import fcntl
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pythonsecurityeval.sandbox.syscall_numbers import numbers
from pythonsecurityeval.sandbox.syscalls import open_beneath

#: The calls that are put before the fork-server.
DELEGATED: Final = ("chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "lchown", "utimensat")

_RECEIVE, _ANSWER, _IS_VALID = 0xC050_2100, 0xC018_2101, 0x4008_2102
_NOTICE = struct.Struct("=QIIiIQ6Q")
_VERDICT = struct.Struct("=QqiI")
_TIMES = struct.Struct("=4q")
_LONGEST_PATH = 4096
_HERE = -100 & 0xFFFF_FFFF
_NO_FOLLOW = 0x100
_NOW, _OMIT = (1 << 30) - 1, (1 << 30) - 2
_SAME = 0xFFFF_FFFF
_SECOND = 10**9


@dataclass(frozen=True, slots=True)
class _Request:
    """A call that waits for its answer."""

    pid: int
    name: str
    arguments: tuple[int, ...]

    def memory(self, address: int, size: int) -> bytes:
        """Bytes of the caller's memory, fewer where it ends; at least one.

        Raises:
            OSError: There is none, as the caller has ended or lied.
        """
        with Path(f"/proc/{self.pid}/mem").open("rb", buffering=0) as memory:
            memory.seek(address)
            found = memory.read(size)
        if not found:
            raise OSError(errno.EFAULT, "no memory there")
        return found

    def path(self, address: int) -> str:
        """A text of the caller's, read page by page as the next page may not exist."""
        text = b""
        while b"\0" not in text:
            step = 4096 - (address + len(text)) % 4096
            text += self.memory(address + len(text), step)
            if len(text) > 2 * _LONGEST_PATH:
                raise OSError(errno.ENAMETOOLONG, "path")
        return os.fsdecode(text.partition(b"\0")[0])


class Delegate:
    """Answers the calls of one candidate.

    Args:
        listener: Where the kernel puts its calls.
        folder: The scratch folder, opened.
        scratch: Its path.
    """

    def __init__(self, listener: int, folder: int, scratch: str) -> None:
        self.listener = listener
        self._folder = folder
        self._scratch = os.path.realpath(scratch)
        self._names = {number: name for name, number in numbers().items() if name in DELEGATED}

    def close(self) -> None:
        """No more calls; those that wait fail."""
        os.close(self.listener)

    def answer(self) -> None:
        """Do what the next call asks, or refuse it."""
        buffer = bytearray(_NOTICE.size)
        try:
            fcntl.ioctl(self.listener, _RECEIVE, buffer, True)  # noqa: FBT003 - the call has no keywords
        except OSError:  # the caller was killed meanwhile
            return
        identity, pid, _, number, _, _, *arguments = _NOTICE.unpack(buffer)
        failure = self._attempt(_Request(pid, self._names.get(number, ""), tuple(arguments)), identity)
        try:
            fcntl.ioctl(self.listener, _ANSWER, _VERDICT.pack(identity, 0, -failure, 0))
        except OSError:
            return

    def _attempt(self, request: _Request, identity: int) -> int:
        try:
            act = self._plan(request)
            fcntl.ioctl(self.listener, _IS_VALID, struct.pack("=Q", identity))  # else the memory was another's
            act()
        except OSError as error:
            return error.errno or errno.EPERM
        except (ValueError, OverflowError):
            return errno.EINVAL
        return 0

    def _plan(self, request: _Request) -> Callable[[], None]:
        first, second, third, fourth, *_ = request.arguments
        if request.name.endswith(("chown", "chownat")):
            owners = (third, fourth) if request.name == "fchownat" else (second, third)
            return lambda: _keep_owner(*(owner & _SAME for owner in owners))
        if request.name == "utimensat":
            return self._times(request, first, second, third, fourth)
        if request.name == "fchmod":
            opened, mode = self._of_descriptor(request, first), second
        elif request.name == "chmod":
            opened, mode = self._of_path(request, _HERE, first), second
        else:
            opened, mode = self._of_path(request, first & _SAME, second), third
        return lambda: _with(opened, lambda path: Path(path).chmod(mode & 0o7777))

    def _times(self, request: _Request, base: int, path: int, times: int, flags: int) -> Callable[[], None]:
        if flags & _NO_FOLLOW:
            return lambda: None  # of the link itself: nobody asks for it
        opened = self._of_path(request, base & _SAME, path) if path else self._of_descriptor(request, base)
        if not times:
            return lambda: _with(opened, lambda name: os.utime(name))
        read, read_ns, written, written_ns = _unpacked(request.memory(times, _TIMES.size))
        if read_ns >= _OMIT or written_ns >= _OMIT:
            return lambda: _with(opened, lambda name: os.utime(name))
        pair = (read * _SECOND + read_ns, written * _SECOND + written_ns)
        return lambda: _with(opened, lambda name: os.utime(name, ns=pair))

    def _of_descriptor(self, request: _Request, descriptor: int) -> int:
        return self._inside(str(Path(f"/proc/{request.pid}/fd/{descriptor & _SAME}").readlink()))

    def _of_path(self, request: _Request, base: int, address: int) -> int:
        path = request.path(address)
        if not path:
            raise OSError(errno.ENOENT, "no path")
        if not path.startswith("/"):
            where = f"/proc/{request.pid}/" + ("cwd" if base == _HERE else f"fd/{base}")
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
