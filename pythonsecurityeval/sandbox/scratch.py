"""Emptying and measuring a folder that hostile code filled.

Nothing here recurses or follows links: a tree may be deeper than any stack,
and a name may be anything.
"""

from __future__ import annotations

import itertools
import os
import stat
from dataclasses import dataclass


def empty(folder: int) -> None:
    """Remove everything in the opened ``folder``; whoever filled it must have ended before.

    Entries of sub-folders are moved up before their folder is removed, so that any depth is flat.
    """
    os.chmod(folder, 0o700)
    fresh = itertools.count()
    while names := os.listdir(folder):
        for name in names:
            if not _unlinked(folder, name):
                _flatten(folder, name, fresh)


def _unlinked(folder: int, name: str) -> bool:
    try:
        os.unlink(name, dir_fd=folder)
    except (IsADirectoryError, PermissionError):
        return False
    return True


def _flatten(folder: int, name: str, fresh: itertools.count[int]) -> None:
    os.chmod(name, 0o700, dir_fd=folder)
    inner = os.open(name, _FOLDER, dir_fd=folder)
    try:
        for child in os.listdir(inner):  # noqa: PTH208 - as above
            if not _unlinked(inner, child):
                _move_up(inner, child, folder, f".{next(fresh)}.emptied")
    finally:
        os.close(inner)
    os.rmdir(name, dir_fd=folder)


def _move_up(inner: int, child: str, folder: int, name: str) -> None:
    # A folder's own permission is needed to give it another parent.
    os.chmod(child, 0o700, dir_fd=inner)
    while True:
        try:
            os.rename(child, name, src_dir_fd=inner, dst_dir_fd=folder)
        except OSError:  # the name is taken by a folder that is not empty
            name += "x"
            continue
        return


_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_MOST_OPEN = 256


@dataclass(frozen=True, slots=True)
class Size:
    """How much a folder holds; ``inodes`` stops counting a little above the limit given."""

    inodes: int
    bytes: int


def measure(folder: int, most_inodes: int) -> Size:
    """Size of the opened ``folder`` while somebody may be changing it."""
    inodes = size = 0
    pending = [os.dup(folder)]
    try:
        while pending and inodes <= most_inodes:
            current = pending.pop()
            try:
                found, held, inner = _look(current, most_inodes, _MOST_OPEN - len(pending))
            finally:
                os.close(current)
            inodes, size = inodes + found, size + held
            pending += inner
    finally:
        for left in pending:
            os.close(left)
    return Size(inodes, size)


def _look(folder: int, most: int, openable: int) -> tuple[int, int, list[int]]:
    found = held = 0
    inner: list[int] = []
    with os.scandir(folder) as entries:
        for entry in itertools.islice(entries, most + 1):
            found += 1
            try:
                status = os.stat(entry.name, dir_fd=folder, follow_symlinks=False)
                held += status.st_blocks * 512
                if stat.S_ISDIR(status.st_mode) and len(inner) < openable:
                    inner.append(os.open(entry.name, _FOLDER, dir_fd=folder))
            except OSError:  # changed under our eyes; the next look sees it
                continue
    return found, held, inner
