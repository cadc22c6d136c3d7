"""What a candidate's processes use, read from outside; nothing here is the candidate's own claim."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from pythonsecurityeval.sandbox.policy import MEGABYTE, Limits

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
#: Quick tests are not surveyed; a bomb needs longer than this to do harm.
_SURVEY_AFTER_S = 0.15

# Fields of /proc/PID/stat after the name, from 0; see proc_pid_stat(5).
_STATE, _SESSION, _USER_TIME, _THREADS, _RESIDENT = 0, 3, 11, 17, 21


class Excess(Enum):
    """Which limit was passed."""

    TIME = "ran into the time limit"
    MEMORY = "ran into the memory limit"
    PROCESSES = "started too many processes"
    STORAGE = "stored too much"


@dataclass(frozen=True, slots=True)
class Survey:
    """All processes of one session together."""

    cpu_s: float
    threads: int
    resident: int


def pid_of(pidfd: int) -> int:
    """The number of the process behind a pidfd, as this process would call it."""
    for line in Path(f"/proc/self/fdinfo/{pidfd}").read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "Pid":
            return int(value)
    return -1


def threads_of_user(user: int) -> int:
    """Processes and threads of a user on this machine: what RLIMIT_NPROC counts."""
    total = 0
    for folder in _processes():
        try:
            if folder.stat().st_uid == user:
                total += int(_stat(folder)[_THREADS])
        except (OSError, IndexError):
            continue
    return total


def _processes() -> Iterator[Path]:
    return (folder for folder in Path("/proc").iterdir() if folder.name.isdigit())


def _stat(folder: Path) -> list[str]:
    text = (folder / "stat").read_text(encoding="utf-8", errors="replace")
    return text[text.rindex(")") + 2 :].split()


@dataclass(slots=True)
class Tree:
    """A candidate's process and whatever it forks; they share a session that cannot be left.

    Args:
        pid: The first process, which leads the session.
        shared: Bytes of memory that each process shares with the fork-server and that do not count.
    """

    pid: int
    shared: int = 0

    def cpu(self) -> float:
        """CPU seconds of the first process; 0 once it is gone."""
        try:
            return time.clock_gettime((~self.pid << 3) | 2)
        except OSError:
            return 0.0

    def survey(self) -> Survey:
        """Look at every process of the session."""
        cpu, threads, resident = 0.0, 0, 0
        session = str(self.pid)
        for folder in _processes():
            try:
                fields = _stat(folder)
            except (OSError, ValueError):
                continue
            if fields[_SESSION] == session and fields[_STATE] != "Z":
                cpu += sum(map(int, fields[_USER_TIME : _USER_TIME + 4])) / _TICK
                threads += int(fields[_THREADS])
                resident += max(0, int(fields[_RESIDENT]) * _PAGE - self.shared)
        return Survey(cpu, threads, resident)


@dataclass(slots=True)
class Watch:
    """Holds one test of a candidate to its limits; `excess` is asked from time to time."""

    tree: Tree
    limits: Limits
    started: float = field(default_factory=time.monotonic)
    cpu_before: float = 0.0

    def __post_init__(self) -> None:
        self.cpu_before = self.tree.cpu()

    def excess(self) -> Excess | None:
        """The limit that was passed, if any."""
        elapsed = time.monotonic() - self.started
        if elapsed > _SURVEY_AFTER_S:
            found = self.tree.survey()
            if found.threads > self.limits.processes:
                return Excess.PROCESSES
            if found.resident > self.limits.memory_mb * MEGABYTE:
                return Excess.MEMORY
            if found.cpu_s - self.cpu_before > self.limits.cpu_s:
                return Excess.TIME
        spent = self.tree.cpu() - self.cpu_before
        return Excess.TIME if elapsed > self.limits.wall_s or spent > self.limits.cpu_s else None
