"""Local mode: a test file against a solution, without a sandbox, for authors and debuggers.

The same wire and the same agent, in forked processes. Not for code of strangers.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Self, final

from pythonsecurityeval.testkit.inside import agent, seams
from pythonsecurityeval.testkit.judge import world
from pythonsecurityeval.testkit.judge.link import Link
from pythonsecurityeval.testkit.judge.scratch import Scratch
from pythonsecurityeval.testkit.judge.suite import Suite, TestId, run_test
from pythonsecurityeval.types import CaseResult, Outcome

_STATE, _SESSION, _OF_CHILDREN = 0, 3, slice(13, 15)


def run_local(source: str, code: str, *, seconds: float = 10.0, name: str = "local") -> list[CaseResult]:
    """Run every test of a file against a solution.

    Args:
        source: The test file's text.
        code: The solution's text.
        seconds: Wall time for one test.
        name: What to call the file.

    Raises:
        KitFault: The test file or the kit is at fault.
    """
    suite = Suite.load(source, name)
    with _Zygote() as zygote:
        return list(_run(suite, code, zygote, seconds))


def _run(suite: Suite, code: str, zygote: _Zygote, seconds: float) -> Iterator[CaseResult]:
    candidate: _Candidate | None = None
    try:
        for test in suite.tests:
            if candidate is None or test.isolated or candidate.gone:
                if candidate:
                    candidate.close()
                candidate = _Candidate(zygote)
            yield candidate.run(suite, test, code, seconds)
    finally:
        if candidate:
            candidate.close()


@final
class _Zygote:
    """Forks candidates; itself forked while this process still has one thread."""

    def __enter__(self) -> Self:
        gc.collect()
        self._ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if not self._pid:
            self._ours.close()
            _serve_forks(theirs)
        theirs.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._ours.close()
        os.waitpid(self._pid, 0)

    def fork(self, folder: str, rpc: socket.socket, ctl: socket.socket) -> int:
        """A new candidate's pid."""
        socket.send_fds(self._ours, [folder.encode()], [rpc.fileno(), ctl.fileno()])
        return int(self._ours.recv(32))


def _serve_forks(orders: socket.socket) -> None:
    """In the zygote: fork a candidate an order, until there are no more; never returns."""
    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        seams.install()
        while True:
            folder, fds, _, _ = socket.recv_fds(orders, 4096, 2)
            if not folder:
                break
            pid = os.fork()
            if not pid:
                orders.close()
                _be_candidate(folder.decode(), *(socket.socket(fileno=fd) for fd in fds))
            for fd in fds:
                os.close(fd)
            orders.send(str(pid).encode())
        status = 0
    finally:
        os._exit(status)


def _environment(folder: str) -> dict[str, str]:
    """What the sandbox shows too."""
    own = {"HOME": folder, "TMPDIR": folder, "USER": "candidate", "LOGNAME": "candidate"}
    return {**own, "TZ": "UTC", "PATH": "/usr/bin:/bin"}


def _be_candidate(folder: str, rpc: socket.socket, ctl: socket.socket) -> None:
    """In the candidate's process: serve the judge and end."""
    try:
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDWR)
        for fd in range(3):
            os.dup2(nothing, fd)
        keep = sorted((rpc.fileno(), ctl.fileno()))
        os.closerange(3, keep[0])
        os.closerange(keep[0] + 1, keep[1])
        os.closerange(keep[1] + 1, 4096)
        os.environ.clear()  # no proxies, no certificates, nothing of the author's
        os.environ.update(_environment(folder))
        logging.root.handlers.clear()
        agent.serve(rpc, ctl, folder)
    finally:
        os._exit(0)


def _stat(pid: int) -> list[str]:
    """Fields of a process from its state on; see proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def _session(leader: int) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if int(_stat(int(folder.name))[_SESSION]) == leader:
                yield int(folder.name)


def _clock(pid: int) -> float:
    try:
        return time.clock_gettime((~pid << 3) | 2)  # the kernel's clock of that process, all its threads
    except OSError:
        return 0.0  # it ended just now


@final
class _Candidate:
    """One forked process with its link and folder."""

    def __init__(self, zygote: _Zygote) -> None:
        self._folder = tempfile.mkdtemp(prefix="pse-")
        rpc, their_rpc = socket.socketpair()
        ctl, their_ctl = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with their_rpc, their_ctl:
            self._pid = zygote.fork(self._folder, their_rpc, their_ctl)
        self._scratch = Scratch(os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY), self._folder)
        self._link = Link(rpc, ctl, scratch=self._scratch, cpu=self._cpu)
        self._killed = threading.Event()
        self.gone = False

    def run(self, suite: Suite, test: TestId, code: str, seconds: float) -> CaseResult:
        """Run one test; the process is killed when it takes longer than ``seconds``."""
        timer = threading.Timer(seconds, self._time_out)
        timer.daemon = True
        timer.start()
        try:
            result = run_test(suite, test, code, self._link, world.World)
        finally:
            timer.cancel()
        self.gone = self._killed.is_set() or self._link.gone or not self._lives()
        if self._killed.is_set() and result.outcome is not Outcome.PASSED:
            return replace(result, outcome=Outcome.TIMEOUT, message=f"took longer than {seconds:g} s")
        return result

    def close(self) -> None:
        """Kill the process and remove its folder."""
        self._kill()
        self._link.close()
        self._scratch.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _cpu(self) -> float:
        """Of the process and its children: those that ended as the kernel counts them, in ticks, the others exactly."""
        leader = _stat(self._pid)
        if leader[_STATE] == "Z":
            raise ProcessLookupError(self._pid)
        ended = sum(map(int, leader[_OF_CHILDREN])) / os.sysconf("SC_CLK_TCK")
        return ended + sum(_clock(pid) for pid in _session(self._pid))

    def _lives(self) -> bool:
        try:
            os.kill(self._pid, 0)
        except OSError:
            return False
        return True

    def _time_out(self) -> None:
        self._killed.set()
        self._kill()

    def _kill(self) -> None:
        for kill in (os.killpg, os.kill):
            with contextlib.suppress(OSError):
                kill(self._pid, signal.SIGKILL)
