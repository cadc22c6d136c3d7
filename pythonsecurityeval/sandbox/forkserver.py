"""The fork-server: forks one candidate at a time, and ends everything that became of it.

Single-threaded and trusted. It never reads what a candidate wrote, except to
remove it.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from dataclasses import dataclass, field
from typing import Any

from pythonsecurityeval.sandbox import candidate, scratch
from pythonsecurityeval.sandbox.attempts import ATTEMPTS, Attempts
from pythonsecurityeval.sandbox.channel import Channel, Gone, close_all
from pythonsecurityeval.sandbox.delegate import DELEGATED, Delegate
from pythonsecurityeval.sandbox.notices import Listener
from pythonsecurityeval.sandbox.policy import MEGABYTE
from pythonsecurityeval.sandbox.rooms import Room

_WATCH_S = 0.1
_HANDOVER_S = 5.0
_LONGEST_TROUBLE = 1000


@dataclass(slots=True)
class ForkServer:
    """Serves one worker.

    Args:
        channel: To the worker, in the parent.
        prepared: What every candidate gets.
        room: Where it lives.
        alone: Whether this is process 1 of a process namespace, so that all others in it are a candidate's.
        watched: Whether the scratch folder has no size limit of its own and must be measured.
    """

    channel: Channel
    prepared: candidate.Prepared
    room: Room
    alone: bool
    watched: bool
    trouble: tuple[int, int] = field(default_factory=lambda: os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC))
    overflowed: bool = False
    next_watch: float = 0.0
    folder: int = -1
    listener: Listener | None = None
    delegate: Delegate | None = None
    attempts: Attempts | None = None
    handover: tuple[socket.socket, socket.socket] = field(default_factory=socket.socketpair)

    def run(self) -> None:
        """Serve until the worker hangs up."""
        leader = 0
        try:
            while True:
                if leader and not self._is_asked(leader):
                    continue
                message, descriptors = self.channel.receive()
                try:
                    leader = self._answer(message, descriptors, leader)
                finally:
                    close_all(descriptors)
        except Gone:
            pass
        finally:
            self._kill(leader)
            self._collect(leader)
            self.room.clear()

    def _answer(self, message: dict[str, Any], descriptors: list[int], leader: int) -> int:
        if message["op"] == "fork":
            return self._start(descriptors)
        self.channel.send(self._end(leader))
        return 0

    def _start(self, descriptors: list[int]) -> int:
        leader = 0
        try:
            self.folder = self.room.enter()
            leader = self._fork(descriptors)
            self._listen(descriptors[2])
            pidfd = os.pidfd_open(leader)
        except (OSError, RuntimeError) as error:  # the machine's want: no code of the candidate has run yet
            self.channel.send({"lacks": str(error)})
            self._end(leader)
            return 0
        self.channel.send({}, [pidfd, self.folder])
        os.close(pidfd)
        return leader

    def _fork(self, descriptors: list[int]) -> int:
        self.overflowed = False
        self.next_watch = time.monotonic() + _WATCH_S
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            rpc, ctl = candidate.begin(self.prepared, self.folder, descriptors[0], descriptors[1], self.handover[1])
        except BaseException as error:  # noqa: BLE001 - not one frame of the fork-server may run in the child
            os.write(self.trouble[1], f"{type(error).__name__}: {error}".encode()[:_LONGEST_TROUBLE])
        else:
            code = 0
            candidate.serve(rpc, ctl, self.prepared.cell)
        finally:
            os._exit(code)

    def _is_asked(self, leader: int) -> bool:
        """Whether the worker wants something; meanwhile the candidate is looked after."""
        poller = select.poll()
        poller.register(self.channel, select.POLLIN)
        if self.listener:
            poller.register(self.listener, select.POLLIN)
        ready = {number for number, _ in poller.poll(_WATCH_S * 1000 if self.watched else None)}
        if self.watched and time.monotonic() > self.next_watch:
            self._watch(leader)
            self.next_watch = time.monotonic() + _WATCH_S
        if self.listener and self.listener.fileno() in ready:
            self._heed(self.listener, leader)
        return self.channel.fileno() in ready

    def _heed(self, listener: Listener, leader: int) -> None:
        """Answer the call that waits; who tries too much in one call of the judge is ended."""
        try:
            notice = listener.next()
        except EOFError:
            self._dismiss()
            return
        if notice and notice.name in DELEGATED and self.delegate:
            self.delegate.answer(notice)
        elif notice and self.attempts and not self.attempts.refuse(notice):
            self._kill(leader)

    def _dismiss(self) -> None:
        for end in (self.listener, self.attempts):
            if end:
                end.close()
        self.listener = self.attempts = None

    def _listen(self, judge: int) -> None:
        """The candidate sends its listener as its last trusted act; without it the candidate's start has failed."""
        self.handover[0].settimeout(_HANDOVER_S)
        try:
            _, descriptors, _, _ = socket.recv_fds(self.handover[0], 1, 1)
        except TimeoutError:
            return
        self.listener = Listener(descriptors[0], (*ATTEMPTS, *DELEGATED))
        self.delegate = Delegate(self.folder, self.prepared.cell.scratch)
        self.attempts = Attempts(os.dup(judge))

    def _watch(self, leader: int) -> None:
        limits = self.prepared.cell.limits
        size = scratch.measure(self.folder, limits.scratch_inodes)
        if size.inodes > limits.scratch_inodes or size.bytes > limits.scratch_mb * MEGABYTE:
            self.overflowed = True
            self._kill(leader)

    def _end(self, leader: int) -> dict[str, Any]:
        self._kill(leader)
        report = self._collect(leader)
        self._dismiss()
        self.room.clear()
        return report | {"overflowed": self.overflowed, "trouble": self._read_trouble()}

    def _kill(self, leader: int) -> None:
        """Kill the whole tree. It cannot leave its group: the filter refuses setsid and setpgid."""
        for kill, target in ((os.kill, -1),) if self.alone else ((os.killpg, leader), (os.kill, leader)):
            try:
                if leader:
                    kill(target, signal.SIGKILL)
            except ProcessLookupError:
                continue

    def _collect(self, leader: int) -> dict[str, Any]:
        """Wait for the tree; orphans in it became our children."""
        status, cpu, resident = 0, 0.0, 0
        while True:
            try:
                pid, ended, usage = os.wait4(-1, 0)
            except ChildProcessError:
                return {"status": status, "cpu_s": cpu, "max_rss_kb": resident}
            if pid == leader:
                status = ended
            cpu += usage.ru_utime + usage.ru_stime
            resident = max(resident, usage.ru_maxrss)

    def _read_trouble(self) -> str:
        try:
            return os.read(self.trouble[0], _LONGEST_TROUBLE).decode(errors="replace")
        except BlockingIOError:
            return ""
