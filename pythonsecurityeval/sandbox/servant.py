"""Handles, held by the parent, of the processes that work for it."""

from __future__ import annotations

import os
import select
import signal
from dataclasses import dataclass
from typing import Any, Protocol

from pythonsecurityeval.sandbox.channel import Channel
from pythonsecurityeval.sandbox.policy import Kind, Limits
from pythonsecurityeval.sandbox.watch import Tree


@dataclass(slots=True)
class Servant:
    """A judge or a fork-server.

    Attributes:
        channel: What it is told, and what it answers.
        pidfd: Its process; -1 once it was let go.
        resident: Bytes of memory that its forks share with it.
    """

    channel: Channel
    pidfd: int
    resident: int

    def end(self) -> None:
        """Kill it, whatever it is busy with; may be called twice."""
        self.channel.close()
        if self.pidfd >= 0:
            _kill(self.pidfd)
            os.close(self.pidfd)
        self.pidfd = -1

    def let_go(self) -> None:
        """Hang up, and leave it to end what it started; may be called twice."""
        self.channel.close()
        if self.pidfd >= 0:
            os.close(self.pidfd)
        self.pidfd = -1


def _kill(pidfd: int) -> None:
    try:
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    except ProcessLookupError:
        return


class Supplies(Protocol):
    """What a worker asks of its pool."""

    limits: Limits

    def judge(self, worker: int) -> Servant:
        """A fresh judge."""

    def server(self, worker: int, kind: Kind) -> Servant:
        """A fresh fork-server."""

    def leaving(self, path: str) -> None:
        """Have a folder removed at the end, whatever comes between."""

    def sweep(self, group: int) -> None:
        """End what a lost fork-server left behind."""


@dataclass(slots=True)
class Candidate:
    """A forked candidate.

    Attributes:
        server: Its fork-server.
        tree: It, and what it forked.
        pidfd: Its process.
        report: What the fork-server said at its end; None while it may be alive.
    """

    server: Channel
    tree: Tree
    pidfd: int
    report: dict[str, Any] | None = None

    def is_dead(self, within_s: float = 0.0) -> bool:
        """Whether its first process has ended, or does so within some seconds."""
        poller = select.poll()
        poller.register(self.pidfd, select.POLLIN)
        return bool(poller.poll(within_s * 1000))

    def cpu(self) -> float | None:
        """CPU seconds of all its processes so far; None once it has ended."""
        return None if self.report or self.is_dead() else self.tree.survey().cpu_s

    def end(self, seconds: float) -> dict[str, Any]:
        """Have all of it killed; the report says how it ended and what it used.

        Raises:
            Gone: The fork-server was lost.
        """
        if self.report is None:
            self.server.send({"op": "end"})
            self.report, _ = self.server.receive(seconds)
        return self.report
