"""The candidate's folder, as the judge touches it: by directory descriptor, step by step, never through a link."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from typing import final

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe in place of a file must not hold the judge
_MOST_BYTES = 64 << 20
_MOST_ENTRIES = 20_000
_MOST_LEVELS = 64


@final
class Scratch:
    """A folder that a hostile candidate writes to while we read.

    Args:
        dirfd: Descriptor of the folder; closed by `close`.
        path: The folder's path as the candidate sees it.
    """

    def __init__(self, dirfd: int, path: str) -> None:
        self.path = path
        self._fd = dirfd
        self._number = 0

    def close(self) -> None:
        """Let go of the folder."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def fresh(self) -> Scratch:
        """A new sub-folder, named by a number."""
        while True:
            self._number += 1
            try:
                return self._folder(f"t{self._number}")
            except FileExistsError:
                if self._number > _MOST_ENTRIES:
                    raise

    def _folder(self, name: str) -> Scratch:
        os.mkdir(name, 0o755, dir_fd=self._fd)
        fd = os.open(name, _FOLDER, dir_fd=self._fd)
        os.fchmod(fd, 0o755)  # whatever our umask is; by descriptor, as the name may be a link by now
        return Scratch(fd, f"{self.path}/{name}")

    def read(self, name: str) -> bytes:
        """The bytes of a regular file.

        Raises:
            OSError: There is none of that name, or it is something else, or too large.
        """
        with self._parent(name) as (parent, last):
            fd = os.open(last, os.O_RDONLY | _FILE, dir_fd=parent)
        with os.fdopen(fd, "rb") as file:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise OSError(errno.EINVAL, "not a regular file", name)
            data = file.read(_MOST_BYTES + 1)
        if len(data) > _MOST_BYTES:
            raise OSError(errno.EFBIG, "a file too large to be read", name)
        return data

    def write(self, name: str, data: bytes, mode: int = 0o644) -> None:
        """Write a regular file, and the folders it lies in."""
        with self._parent(name, make=True) as (parent, last):
            fd = os.open(last, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _FILE, 0o600, dir_fd=parent)
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            os.fchmod(fd, mode)

    def mkdir(self, name: str) -> None:
        """Make a folder and those it lies in; it may exist."""
        with self._reach(self._parts(name), make=True):
            pass

    def link(self, name: str, target: str) -> None:
        """Make a symbolic link."""
        with self._parent(name, make=True) as (parent, last):
            os.symlink(target, last, dir_fd=parent)

    def remove(self, name: str) -> None:
        """Remove a file or link."""
        with self._parent(name) as (parent, last):
            os.unlink(last, dir_fd=parent)

    def stat(self, name: str) -> os.stat_result:
        """What is known of a file, folder or link itself."""
        with self._parent(name) as (parent, last):
            return os.stat(last, dir_fd=parent, follow_symlinks=False)

    def tree(self, name: str = "") -> list[str]:
        """Relative paths of all files and links below a folder, sorted; folders that are empty end in a slash.

        Raises:
            OSError: There are too many.
        """
        found: list[str] = []
        with self._reach(self._parts(name), make=False) as fd:
            self._walk(fd, "", found, 0)
        return sorted(found)

    def _walk(self, parent: int, prefix: str, found: list[str], level: int) -> None:
        with os.scandir(parent) as listing:
            entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in listing]
        if len(found) + len(entries) > _MOST_ENTRIES or level > _MOST_LEVELS:
            raise OSError(errno.EOVERFLOW, "too many files")
        for name, is_folder in entries:
            if not is_folder:
                found.append(prefix + name)
                continue
            before = len(found)
            fd = os.open(name, _FOLDER, dir_fd=parent)
            try:
                self._walk(fd, f"{prefix}{name}/", found, level + 1)
            finally:
                os.close(fd)
            if len(found) == before:
                found.append(f"{prefix}{name}/")

    @contextlib.contextmanager
    def _parent(self, name: str, *, make: bool = False) -> Iterator[tuple[int, str]]:
        """Descriptor of the folder that ``name`` lies in, and the name's last part."""
        *folders, last = self._parts(name) or ["."]
        with self._reach(folders, make=make) as fd:
            yield fd, last

    @contextlib.contextmanager
    def _reach(self, folders: list[str], *, make: bool) -> Iterator[int]:
        """Descriptor of a folder, reached without following anything."""
        fd = os.dup(self._fd)
        try:
            for part in folders:
                if make:
                    with contextlib.suppress(FileExistsError):
                        os.mkdir(part, 0o755, dir_fd=fd)
                inner = os.open(part, _FOLDER, dir_fd=fd)
                os.close(fd)
                fd = inner
            yield fd
        finally:
            os.close(fd)

    def _parts(self, name: str) -> list[str]:
        """Parts of a path relative to the folder, or below it as the candidate sees it."""
        relative = "" if name == self.path else name.removeprefix(f"{self.path}/")
        parts = [part for part in relative.split("/") if part not in {"", "."}]
        if ".." in parts or relative.startswith("/") or "\0" in name:
            raise OSError(errno.EACCES, "outside of the test's folder", name)
        return parts
