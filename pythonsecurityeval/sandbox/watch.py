"""What a candidate's processes use, read from outside; nothing here is the candidate's own claim."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from pythonsecurityeval.sandbox.policy import MEGABYTE, Limits

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LONGEST_STAT = 4096
#: Quick tests are not surveyed; a bomb needs longer than this to do harm.
_SURVEY_AFTER_S = 0.15
_STANDSTILL_S = 0.5

# Fields of /proc/PID/stat after the name, from 0; see proc_pid_stat(5).
_STATE, _SESSION, _CHILDREN_TIME, _THREADS, _RESIDENT = 0, 3, 13, 17, 21


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
    for pid in _processes():
        try:
            if Path(f"/proc/{pid}").stat().st_uid == user:
                total += int(_stat(pid)[_THREADS])
        except OSError:
            continue
    return total


def _processes() -> list[int]:
    with os.scandir("/proc") as entries:
        return [int(entry.name) for entry in entries if entry.name.isdigit()]


def _stat(pid: int) -> list[bytes]:
    """Fields of a process; read without any layer between, as this is done for every process, time and again."""
    opened = os.open(f"/proc/{pid}/stat", os.O_RDONLY | os.O_CLOEXEC)
    try:
        text = os.read(opened, _LONGEST_STAT)
    finally:
        os.close(opened)
    return text[text.rindex(b")") + 2 :].split()


def cpu_of(pid: int) -> float:
    """CPU seconds of a process with all its threads, 0 if there is none; the kernel's clock is named by the pid."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return 0.0


def space_of(pid: int) -> int:
    """Bytes of address space of a process; 0 if there is none."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[0]) * _PAGE
    except (OSError, IndexError):
        return 0


def _of_ended_children(fields: list[bytes]) -> float:
    return sum(map(int, fields[_CHILDREN_TIME : _CHILDREN_TIME + 2])) / _TICK


@dataclass(slots=True)
class Tree:
    """A candidate's process and whatever it forks; they share a session that cannot be left.

    No CPU time is lost: a child that nobody waits for stays as a zombie, since its
    parent's filter keeps it from ignoring SIGCHLD.

    Args:
        pid: The first process, which leads the session.
        shared: Bytes of memory that each process shares with the fork-server and that do not count.
    """

    pid: int
    shared: int = 0

    def cpu(self) -> float:
        """CPU seconds of the first process; 0 once it is gone."""
        return cpu_of(self.pid)

    def cpu_with_ended(self) -> float:
        """The same, with the children that it waited for."""
        try:
            return self.cpu() + _of_ended_children(_stat(self.pid))
        except OSError:
            return self.cpu()

    def survey(self) -> Survey:
        """Look at every process of the session."""
        cpu, threads, resident = 0.0, 0, 0
        session = b"%d" % self.pid
        for pid in _processes():
            try:
                fields = _stat(pid)
            except OSError:
                continue
            if fields[_SESSION] != session:
                continue
            cpu += cpu_of(pid) + _of_ended_children(fields)
            if fields[_STATE] != b"Z":
                threads += int(fields[_THREADS])
                resident += max(0, int(fields[_RESIDENT]) * _PAGE - self.shared)
        return Survey(cpu, threads, resident)


@dataclass(slots=True)
class Watch:
    """Holds one test of a candidate to its limits; `excess` is asked from time to time.

    Attributes:
        spent: CPU seconds of the test so far, as `excess` saw it last.
        stood_still: Whether so much time passed between two looks that this process, or the machine, was stopped.
    """

    tree: Tree
    limits: Limits
    started: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    stood_still: bool = False
    _before: float = 0.0
    _looked: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self._before = self.tree.cpu_with_ended()

    def excess(self) -> Excess | None:
        """The limit that was passed, if any."""
        now = time.monotonic()
        elapsed = now - self.started
        self.stood_still = self.stood_still or now - self._looked > _STANDSTILL_S
        self._looked = now
        if elapsed > _SURVEY_AFTER_S:
            found = self.tree.survey()
            if found.threads > self.limits.processes:
                return Excess.PROCESSES
            if found.resident > self.limits.memory_mb * MEGABYTE:
                return Excess.MEMORY
            self.spent = found.cpu_s - self._before
        else:
            self.spent = self.tree.cpu() - self._before
        return Excess.TIME if elapsed > self.limits.wall_s or self.spent > self.limits.cpu_s else None
