"""The parent's side of one worker: a judge and two fork-servers, driven test by test, with limits held from outside."""

from __future__ import annotations

import os
import signal
import socket
import time
from typing import Any, Protocol

from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox.channel import Channel, Gone, close_all
from pythonsecurityeval.sandbox.claims import Case, Meter, case_of, verdict_of
from pythonsecurityeval.sandbox.imports import needs_heavy
from pythonsecurityeval.sandbox.policy import MEGABYTE, Limits
from pythonsecurityeval.sandbox.servant import Candidate, Servant
from pythonsecurityeval.sandbox.watch import Excess, Tree, Watch, pid_of
from pythonsecurityeval.types import CaseResult, Outcome, UnitTest

_FORK_S = 30.0
_LOAD_S = 60.0
_CHECK_S = 0.05
#: How long a judge may take to notice that its candidate was killed.
_GRACE_S = 3.0
_MOST_TESTS = 500
_NEAR_THE_LIMIT = 0.8


class Supplies(Protocol):
    """What a worker asks of its pool."""

    limits: Limits

    def judge(self, worker: int) -> Servant:
        """A fresh judge."""

    def server(self, worker: int, *, heavy: bool) -> Servant:
        """A fresh fork-server."""

    def sweep(self, group: int) -> None:
        """End what a lost fork-server left behind."""


class Worker:
    """Runs suites, one candidate at a time.

    Args:
        index: Which worker this is, from 0.
        supplies: Where judges and fork-servers come from.

    Attributes:
        bombs: How many candidates were ended for using up what workers share: processes or memory.
    """

    def __init__(self, index: int, supplies: Supplies) -> None:
        self.bombs = 0
        self._tree: Tree | None = None
        self._aborted = False
        self._index = index
        self._supplies = supplies
        self._limits = supplies.limits
        self._judge: Servant | None = None
        self._servers: dict[bool, Servant] = {}
        self._group = 0
        self._plans: dict[str, tuple[Case, ...]] = {}

    def close(self) -> None:
        """Hang up on the judge and the fork-servers; they end what they started."""
        self._dismiss_judge()
        for server in self._servers.values():
            server.let_go()
        self._servers = {}

    def is_crowded(self) -> bool:
        """Whether its candidate holds so many processes just now that others may not get theirs."""
        tree = self._tree
        return tree is not None and tree.survey().threads > self._limits.processes // 2

    def abort(self) -> None:
        """Give up, from another thread: whatever this worker waits for ends at once, and nothing new begins."""
        self._aborted = True
        for servant in (self._judge, *tuple(self._servers.values())):
            if servant is not None:
                servant.channel.shut_down()

    def replace(self) -> None:
        """Something was lost: end all of it; what comes next gets a fresh judge and fresh fork-servers."""
        for server in self._servers.values():
            server.end()
        self.close()
        if self._group:
            self._supplies.sweep(self._group)
        self._group = 0

    def cases(self, test: UnitTest) -> tuple[Case, ...]:
        """The tests of a file. They are read from a judge that has not met a candidate with this file yet.

        Raises:
            Gone: The judge was lost.
            InfrastructureError: The file is not a suite.
        """
        if test.sha256 not in self._plans:
            self._plans[test.sha256] = tuple(map(case_of, self._load(test)[:_MOST_TESTS]))
        return self._plans[test.sha256]

    def run(self, test: UnitTest, code: str, meter: Meter, *, to_the_end: bool) -> tuple[CaseResult, ...]:
        """Run one suite against a candidate.

        Args:
            test: The suite.
            code: The candidate.
            meter: Counts what it uses.
            to_the_end: Go on with a new process after one that had to be given up; else leave the rest.

        Raises:
            Gone: The judge or a fork-server was lost.
            InfrastructureError: The suite or this machine is at fault.
        """
        cases = self.cases(test)
        results: list[CaseResult] = []
        candidate: Candidate | None = None
        try:
            for index, case in enumerate(cases):
                if candidate is None:
                    candidate = self._fork(code)
                result, is_over = self._test(candidate, test, index, case)
                results.append(result)
                if is_over or case.isolated or (index + 1 < len(cases) and cases[index + 1].isolated):
                    self._end(candidate, meter)
                    candidate = None
                if result.outcome is Outcome.TAMPERED:
                    self._dismiss_judge()
                if is_over and not to_the_end and result.outcome is not Outcome.PASSED:
                    break
        finally:
            if candidate is not None:
                self._end(candidate, meter)
        return (*results, *(case.blank for case in cases[len(results) :]))

    def _load(self, test: UnitTest) -> list[dict[str, Any]]:
        judge = self._a_judge()
        name = f"{test.task_id}/{test.suite}"
        judge.send({"op": "load", "key": test.sha256, "name": name, "source": test.source})
        answer, _ = judge.receive(_LOAD_S)
        if "fault" in answer:
            raise InfrastructureError(f"{name}: {answer['fault']}")
        tests = answer.get("tests")
        if not isinstance(tests, list):
            raise Gone("the judge did not answer the question")
        return tests

    def _a_judge(self) -> Channel:
        if self._aborted:
            raise InfrastructureError("the sandbox was closed")
        if self._judge is None:
            self._judge = self._supplies.judge(self._index)
        return self._judge.channel

    def _dismiss_judge(self) -> None:
        """It met somebody who tried; the next sample gets a fresh one."""
        if self._judge is not None:
            self._judge.end()
        self._judge = None

    def _a_server(self, *, heavy: bool) -> Servant:
        if heavy not in self._servers:
            self._servers[heavy] = self._supplies.server(self._index, heavy=heavy)
        return self._servers[heavy]

    def _fork(self, code: str) -> Candidate:
        servant = self._a_server(heavy=needs_heavy(code))
        server = servant.channel
        judge = self._a_judge()
        pairs = [socket.socketpair(), socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)]
        try:
            server.send({"op": "fork"}, [theirs.fileno() for _, theirs in pairs])
            judge.send({"op": "open", "code": code}, [ours.fileno() for ours, _ in pairs])
        finally:
            for pair in pairs:
                for sock in pair:
                    sock.close()
        _, descriptors = server.receive(_FORK_S)
        if len(descriptors) != 1:
            close_all(descriptors)
            raise Gone("the fork-server did not fork")
        self._group = pid_of(descriptors[0])
        self._tree = Tree(self._group, servant.resident)
        return Candidate(server, self._tree, descriptors[0])

    def _test(self, candidate: Candidate, test: UnitTest, index: int, case: Case) -> tuple[CaseResult, bool]:
        """The result, and whether the candidate is of no further use."""
        answer, excess = self._answer(candidate, test, index)
        if "fault" in answer:
            raise InfrastructureError(f"{test.task_id}/{test.suite} {case.blank.name}: {answer['fault']}")
        outcome, message, is_closed = verdict_of(answer)
        if excess is not None:
            self.bombs += excess in {Excess.PROCESSES, Excess.MEMORY}
            return case.ended(_OUTCOMES[excess], excess.value), True
        is_over = is_closed or outcome is Outcome.TAMPERED or candidate.is_dead()
        if is_over and outcome is Outcome.ERROR:
            outcome, message = self._why(candidate, message)
        return case.ended(outcome, message), is_over

    def _answer(self, candidate: Candidate, test: UnitTest, index: int) -> tuple[dict[str, Any], Excess | None]:
        """The judge's answer, and the limit that the candidate was killed for."""
        judge = self._a_judge()
        order = {"op": "run", "key": test.sha256, "index": index, "pid": candidate.tree.pid}
        watch = Watch(candidate.tree, self._limits)
        judge.send(order)
        died = 0.0
        while not judge.ready(_CHECK_S):
            excess = watch.excess()
            if excess is not None:
                candidate.end(_FORK_S)
                return judge.receive(_GRACE_S)[0], self._reason(candidate, excess)
            if candidate.is_dead():
                died = died or time.monotonic()
                if time.monotonic() - died > _GRACE_S / 4:
                    candidate.end(_FORK_S)
                    return judge.receive(_GRACE_S)[0], None
        answer, _ = judge.receive(_GRACE_S)
        if "unknown" in answer:
            self._load(test)
            return self._answer(candidate, test, index)
        return answer, None

    @staticmethod
    def _reason(candidate: Candidate, excess: Excess) -> Excess:
        return Excess.STORAGE if candidate.report and candidate.report["overflowed"] else excess

    def _why(self, candidate: Candidate, message: str) -> tuple[Outcome, str]:
        """Why a candidate ended by itself, as far as its exit status tells."""
        report = candidate.end(_FORK_S)
        if report["overflowed"]:
            return _OUTCOMES[Excess.STORAGE], Excess.STORAGE.value
        status = report["status"]
        if not os.WIFSIGNALED(status):
            return Outcome.ERROR, f"{message} (exit status {os.WEXITSTATUS(status)})"
        if report["max_rss_kb"] * 1024 > _NEAR_THE_LIMIT * self._limits.memory_mb * MEGABYTE:
            return Outcome.OUT_OF_MEMORY, Excess.MEMORY.value
        number = os.WTERMSIG(status)
        return Outcome.ERROR, message if number == signal.SIGKILL else f"{message} (signal {number})"

    def _end(self, candidate: Candidate, meter: Meter) -> None:
        try:
            report = candidate.end(_FORK_S)
            self._a_judge().send({"op": "close"})
        finally:
            os.close(candidate.pidfd)
            self._tree = None
        self._group = 0
        meter.add(report)
        if report["trouble"]:
            raise InfrastructureError(f"a candidate's process could not be set up: {report['trouble']}")


_OUTCOMES = {
    Excess.TIME: Outcome.TIMEOUT,
    Excess.MEMORY: Outcome.OUT_OF_MEMORY,
    Excess.PROCESSES: Outcome.ERROR,
    Excess.STORAGE: Outcome.ERROR,
}
