"""A fresh place for every candidate, in which nothing tells what ran before.

A candidate that knew whether another suite of its sample ran before could
misbehave in one suite only. So each gets a new scratch folder, and:

- In namespaces: a new memory file system, whose inode numbers begin anew, and
  the same process number as every other candidate.
- Without them process and inode numbers are the machine's own. Spare threads
  and files between candidates, at random, blur them; a candidate that moves a
  counter by far more than that can still leave a mark in it.

What remains everywhere: the clock, and the kernel's numbers of pipes and
sockets, which all processes of the machine draw on and which are only blurred.
"""

from __future__ import annotations

import os
import secrets
import threading
from dataclasses import dataclass
from typing import Final, Protocol

from pythonsecurityeval.sandbox import namespaces, scratch
from pythonsecurityeval.sandbox.policy import NOBODY, Limits

#: The scratch folder's name in a worker's folder, where there are no namespaces.
NAME: Final = "scratch"
_LAST_NUMBER: Final = "sys/kernel/ns_last_pid"
#: Far above the numbers of zygotes: OpenSSL makes new random numbers only in a fork whose number it does not know.
_BEFORE_FIRST: Final = b"999"
_SPARE_THREADS, _SPARE_FILES, _SPARE_PIPES = 16, 64, 64


class Room(Protocol):
    """Where the candidates of one fork-server live, one after the other."""

    def enter(self) -> int:
        """Make it ready for the next candidate; a descriptor of its scratch folder."""

    def clear(self) -> None:
        """Remove what the candidate left; all its processes must have ended. May be called twice."""


@dataclass(slots=True)
class Mounted:
    """A memory file system of its own for each candidate, in our own mount namespace.

    Args:
        limits: How much it may hold.
        proc: The opened `/proc`.
    """

    limits: Limits
    proc: int
    folder: int = -1

    def enter(self) -> int:
        """Mount it, and begin to count processes anew."""
        self.folder = namespaces.mount_scratch(self.limits)
        if not self._renumber():
            _spare_threads()
        _spare_pipes()
        return self.folder

    def clear(self) -> None:
        """Unmount it; the kernel frees it once the judge has let go of it too."""
        if self.folder >= 0:
            os.close(self.folder)
            namespaces.unmount_scratch()
        self.folder = -1

    def _renumber(self) -> bool:
        """Let the next process of this namespace have the same number; False where the kernel does not offer it."""
        try:
            setting = os.open(_LAST_NUMBER, os.O_WRONLY | os.O_CLOEXEC, dir_fd=self.proc)
        except OSError:
            return False
        try:
            os.write(setting, _BEFORE_FIRST)
        except OSError:
            return False
        finally:
            os.close(setting)
        return True


@dataclass(slots=True)
class Kept:
    """A new folder for each candidate in the worker's folder, which candidates cannot change.

    Args:
        parent: The opened folder of the worker.
        changes: Whether candidates run as nobody.
    """

    parent: int
    changes: bool
    folder: int = -1

    def enter(self) -> int:
        """Make it; a fork-server that was lost may have left another."""
        self.clear()
        _spare_threads()
        _spare_files(self.parent)
        _spare_pipes()
        os.mkdir(NAME, 0o700, dir_fd=self.parent)
        self.folder = os.open(NAME, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=self.parent)
        if self.changes:
            os.chown(self.folder, NOBODY, NOBODY)
        return self.folder

    def clear(self) -> None:
        """Empty and remove it."""
        if self.folder >= 0:
            os.close(self.folder)
        self.folder = -1
        scratch.empty(self.parent)


def _spare_threads() -> None:
    for _ in range(secrets.randbelow(_SPARE_THREADS)):
        thread = threading.Thread(target=os.getpid)
        thread.start()
        thread.join()


def _spare_files(folder: int) -> None:
    for number in range(secrets.randbelow(_SPARE_FILES)):
        os.close(os.open(str(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600, dir_fd=folder))
        os.unlink(str(number), dir_fd=folder)


def _spare_pipes() -> None:
    for _ in range(secrets.randbelow(_SPARE_PIPES)):
        for end in os.pipe():
            os.close(end)
