"""A run seen from outside: the processes that stem from it, what they hold, and what they leave."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_PAGE = os.sysconf("SC_PAGE_SIZE")
_PARENT, _TIMES = 1, slice(11, 15)
_TICK = os.sysconf("SC_CLK_TCK")


def _fields(pid: int) -> list[str]:
    """Of ``/proc/PID/stat``, from the state on; see proc_pid_stat(5)."""
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return text[text.rindex(")") + 2 :].split()


def parents() -> dict[int, int]:
    """Parent of each process of this machine."""
    found: dict[int, int] = {}
    for name in filter(str.isdigit, os.listdir("/proc")):  # noqa: PTH208 - names are all that is needed
        try:
            found[int(name)] = int(_fields(int(name))[_PARENT])
        except OSError:
            continue
    return found


def descendants(root: int) -> set[int]:
    """Processes that stem from ``root``, itself left out."""
    above = parents()
    found, fresh = {root}, {root}
    while fresh:
        fresh = {pid for pid, parent in above.items() if parent in fresh} - found
        found |= fresh
    return found - {root}


def alive(pid: int) -> bool:
    """Whether it runs; a zombie does not."""
    try:
        return _fields(pid)[0] != "Z"
    except OSError:
        return False


def cpu_of(pid: int) -> float:
    """CPU seconds of a process and of its children that have ended; 0 if there is none."""
    try:
        return sum(map(int, _fields(pid)[_TIMES])) / _TICK
    except OSError:
        return 0.0


def scratch_folders(pids: Iterable[int], temporary: str) -> set[str]:
    """Folders that processes have open for their candidates, and whatever lies in their folder for such things."""
    found = {str(path) for path in Path(temporary).iterdir()}
    for pid in pids:
        with contextlib.suppress(OSError):
            links = [str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()]
            found |= {link.removesuffix(" (deleted)") for link in links if _is_ours(link)}
    return {path for path in found if Path(path).exists()}


def _is_ours(path: str) -> bool:
    return path.startswith("/dev/shm/pse-")  # noqa: S108 - looked at, not written to


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a run holds.

    Attributes:
        rss_mb: Memory of its first process, in units of 2**20 bytes.
        cpu_s: CPU time of all its processes, also of those that have ended.
        descriptors, threads: Of its first process.
        processes: All that stem from it.
        scratch: Folders that it keeps for candidates.
    """

    rss_mb: float
    cpu_s: float
    descriptors: int
    threads: int
    processes: int
    scratch: int

    @classmethod
    def of(cls, pid: int, temporary: str) -> Holdings:
        """Look at a running process, whose ``TMPDIR`` is ``temporary``.

        Raises:
            OSError: It has ended.
        """
        resident = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE / 2**20
        family = descendants(pid)
        return cls(
            cpu_s=round(cpu_of(pid) + sum(map(cpu_of, family)), 2),
            rss_mb=round(resident, 1),
            descriptors=len(os.listdir(f"/proc/{pid}/fd")),  # noqa: PTH208 - as above
            threads=len(os.listdir(f"/proc/{pid}/task")),  # noqa: PTH208 - as above
            processes=len(family),
            scratch=len(scratch_folders([pid], temporary)),
        )
