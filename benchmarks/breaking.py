"""The faults: ways to break a run from outside, each at once and none more than once a run."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from benchmarks.family import alive, descendants, parents, scratch_folders
from benchmarks.soak import score_command

_STOPPED_S = 2.5
#: Fork-servers and candidates have at least two processes above them.
_DEEP = 3
#: With fewer descriptors Python itself does not start, and nothing of ours can say so.
_PYTHON_STARTS = 6


class Run:
    """A running ``pse-score``.

    Args:
        predictions: What it scores.
        out: Where its results go.
        options: More of its command line.
    """

    def __init__(self, predictions: Path, out: Path, options: list[str]) -> None:
        self.out = out
        self.temporary = tempfile.mkdtemp(prefix="tmp-", dir=out.parent)
        self._messages = Path(self.temporary).with_suffix(".messages")
        command = [word for word in score_command(predictions, out, *options) if word != "--overwrite"]
        environment = {**os.environ, "TMPDIR": self.temporary}
        with self._messages.open("wb") as messages:
            self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=messages, env=environment)
        self._family: set[int] = set()
        self._folders: set[str] = set()

    @property
    def returncode(self) -> int | None:
        """How it ended."""
        return self.process.returncode

    def rows(self) -> int:
        """Whole rows of results on disk."""
        path = self.out / "results.jsonl"
        return path.read_bytes().count(b"\n") if path.exists() else 0

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def family(self) -> set[int]:
        """Processes that stem from it, as seen so far."""
        if self.is_running():
            self._family |= descendants(self.process.pid)
            self._folders |= scratch_folders([self.process.pid], self.temporary)
        return set(self._family)

    def leavings(self) -> list[str]:
        """Processes and folders of it that are still there."""
        folders = scratch_folders((), self.temporary) | set(filter(os.path.exists, self._folders))
        return [*map(str, filter(alive, self._family)), *sorted(folders)]

    def said(self) -> str:
        """What it wrote to standard error."""
        return self._messages.read_text("utf-8", errors="replace")

    def kill(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()

    def wait(self, seconds: float) -> int:
        """Its exit code.

        Raises:
            TimeoutError: It does not end.
        """
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise TimeoutError from None

    def roles(self) -> dict[str, list[int]]:
        """Its processes by what they are for."""
        root, above = self.process.pid, parents()
        found: dict[str, list[int]] = {"zygote": [], "judge": [], "server": [], "candidate": [], "scanner": []}
        for pid in self.family():
            if (role := _role(pid, root, above)) in found:
                found[role].append(pid)
        return found


def _role(pid: int, root: int, above: Mapping[int, int]) -> str:
    """What a process is for, by the module it was started with and its place in the tree."""
    line, current = [pid], pid
    while (current := above.get(current, 0)) not in {0, root}:
        line.append(current)
    try:
        command = Path(f"/proc/{line[-1]}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return ""
    if "_bandit_worker" in command:
        return "scanner"
    if "sandbox.judge" in command:
        return "zygote" if len(line) == 1 else "judge"
    children = {child for child, parent in above.items() if parent == pid}
    grandchildren = {child for child, parent in above.items() if parent in children}
    height = bool(children) + bool(grandchildren)
    return "zygote" if len(line) < _DEEP or height > 1 else ("candidate", "server")[height]


def _signal(number: signal.Signals) -> Callable[[Run, random.Random], str]:
    def fault(run: Run, _random: random.Random) -> str:
        run.process.send_signal(number)
        return number.name

    return fault


def _kill(role: str) -> Callable[[Run, random.Random], str]:
    def fault(run: Run, chance: random.Random) -> str:
        end = time.monotonic() + 1.0
        while run.is_running() and time.monotonic() < end:
            if pids := run.roles()[role]:
                pid = chance.choice(pids)
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                return f"{role} {pid}"
        return f"no {role}"

    return fault


def _limit(kind: int, more: Callable[[Run, random.Random], int]) -> Callable[[Run, random.Random], str]:
    """Limit what the first process may hold from now on; those that it has started keep what they have."""

    def fault(run: Run, chance: random.Random) -> str:
        value = more(run, chance)
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(run.process.pid, kind, (value, resource.prlimit(run.process.pid, kind)[1]))
        return f"limit {value}"

    return fault


def _size(run: Run, chance: random.Random) -> int:
    path = run.out / "results.jsonl"
    return (path.stat().st_size if path.exists() else 0) + chance.randrange(3000)


def _descriptors(run: Run, chance: random.Random) -> int:
    with contextlib.suppress(OSError):
        held = len(os.listdir(f"/proc/{run.process.pid}/fd"))  # noqa: PTH208 - only counted
        return max(held, _PYTHON_STARTS) + chance.randrange(4)
    return 8


def _stop(run: Run, _random: random.Random) -> str:
    """Stand still for longer than the wall limit of a test, as a machine does that is suspended."""
    run.process.send_signal(signal.SIGSTOP)
    time.sleep(_STOPPED_S)
    run.process.send_signal(signal.SIGCONT)
    return "stopped"


FAULTS: Final[Mapping[str, Callable[[Run, random.Random], str]]] = {
    "kill -9": _signal(signal.SIGKILL),
    "kill a judge": _kill("judge"),
    "kill a candidate": _kill("candidate"),
    "kill a fork-server": _kill("server"),
    "SIGTERM": _signal(signal.SIGTERM),
    "disk full": _limit(resource.RLIMIT_FSIZE, _size),
    "no descriptors": _limit(resource.RLIMIT_NOFILE, _descriptors),
    "kill a scanner": _kill("scanner"),
    "SIGHUP": _signal(signal.SIGHUP),
    "kill a zygote": _kill("zygote"),
    "SIGINT": _signal(signal.SIGINT),
    "standstill": _stop,
}
