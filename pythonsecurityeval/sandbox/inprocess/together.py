"""Runs files whose tests share a process with the candidate: one process for each test."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from pythonsecurityeval.sandbox.channel import Channel
from pythonsecurityeval.sandbox.claims import Case, Meter
from pythonsecurityeval.sandbox.inprocess.grading import File, Marks, Trial
from pythonsecurityeval.sandbox.policy import Kind
from pythonsecurityeval.sandbox.servant import Candidate
from pythonsecurityeval.sandbox.watch import Excess
from pythonsecurityeval.types import CaseResult, Outcome, UnitTest

_CHECK_S = 0.05
_BUILD_S = 60.0


class Forks(Protocol):
    """What a worker offers."""

    def fork(self, kind: Kind) -> tuple[Candidate, list[socket.socket], int]:
        """A process, our ends of its three sockets, and its folder."""

    def end(self, candidate: Candidate, meter: Meter) -> None:
        """End it."""

    def hold(self, candidate: Candidate, trial: Trial) -> Excess | None:
        """Wait for a verdict, within the limits; the one that was passed, if any."""

    def over(self, excess: Excess) -> tuple[Outcome, str]:
        """What it means to pass a limit."""

    def why(self, candidate: Candidate, message: str) -> tuple[Outcome, str]:
        """Why a candidate ended by itself."""


class Together:
    """The files that one worker knows, and how it runs them.

    Args:
        forks: The worker.
    """

    def __init__(self, forks: Forks) -> None:
        self._forks = forks
        self._files: dict[str, File] = {}

    def file(self, test: UnitTest) -> File:
        """A file, described by a process that has no candidate.

        Raises:
            Gone: The process was lost.
        """
        if test.sha256 not in self._files:
            with self._process(Meter(), Kind(with_test=True)) as (_, orders, _evidence):
                channel = Channel(orders, descriptors=0)
                channel.send({"source": test.source})
                self._files[test.sha256] = File.of(channel.receive(_BUILD_S)[0])
        return self._files[test.sha256]

    def run(self, test: UnitTest, code: str, meter: Meter, kind: Kind) -> tuple[CaseResult, ...]:
        """Run every test of a file, each with a fresh candidate.

        Raises:
            Gone: A process was lost.
        """
        file = self.file(test)
        if file.missing:
            message = f"the test file needs {', '.join(file.missing)}, not installed here"
            return tuple(case.ended(Outcome.MISSING_LIBRARY, message) for case, _ in file.tests)
        return tuple(self._test(test.source, case, marks, code, meter, kind) for case, marks in file.tests)

    def _test(self, source: str, case: Case, marks: Marks, code: str, meter: Meter, kind: Kind) -> CaseResult:
        with self._process(meter, kind) as (candidate, orders, evidence):
            trial = Trial.begin(orders, evidence, source, case, marks)
            unfit = trial.admit(code, _BUILD_S)
            if unfit is not None:
                return case.ended(*unfit)
            excess = self._forks.hold(candidate, trial)
            if excess is not None:
                return case.ended(*self._forks.over(excess))
            outcome, message = trial.hearing.verdict or (Outcome.ERROR, "no verdict")
            if trial.hearing.is_cut_off:
                outcome, message = self._forks.why(candidate, message)
            return case.ended(outcome, message)

    @contextmanager
    def _process(self, meter: Meter, kind: Kind) -> Iterator[tuple[Candidate, socket.socket, socket.socket]]:
        candidate, ends, folder = self._forks.fork(kind)
        orders, evidence, attempts = ends
        attempts.close()  # what the kernel refuses is no test's business here
        try:
            yield candidate, orders, evidence
        finally:
            os.close(folder)
            for end in ends:
                end.close()
            self._forks.end(candidate, meter)
