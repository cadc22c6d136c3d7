"""The parent's side of one worker: a judge and two fork-servers, driven test by test, with limits held from outside."""

from __future__ import annotations

import dataclasses
import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox import endings
from pythonsecurityeval.sandbox.bench import GRACE_S, PARTING_S, Bench
from pythonsecurityeval.sandbox.channel import Channel, Gone, close_all
from pythonsecurityeval.sandbox.claims import Case, Meter, verdict_of
from pythonsecurityeval.sandbox.inprocess.grading import Trial
from pythonsecurityeval.sandbox.inprocess.together import Together
from pythonsecurityeval.sandbox.policy import Kind
from pythonsecurityeval.sandbox.servant import Candidate, Servant, Supplies
from pythonsecurityeval.sandbox.watch import Excess, Tree, Watch, pid_of
from pythonsecurityeval.types import LONGEST_CODE, CaseResult, Outcome, UnitTest

_FORK_S = 30.0
_CHECK_S = 0.05
#: Whoever used less of the time limit than this part did not lack a processor, but waited.
_AT_WORK = 0.1


class NotStartedError(InfrastructureError):
    """A candidate's process could not be made: none of its code has run, so none of it is to blame."""


class Worker:
    """Runs suites, one candidate at a time.

    Args:
        index: Which worker this is, from 0.
        supplies: Where judges and fork-servers come from.
        fail_fast: Leave the rest of a suite once a test does not pass.

    Attributes:
        bombs: How many candidates were ended for using up what workers share: processes or memory.
        doubtful: How many tests ended in a way that may be this machine's fault: at the time limit while they were
            at work or this process stood still, killed by somebody else, or with a judge or a fork-server lost.
        longest: CPU seconds of the longest test since this was last set to 0, of candidate or judge, whichever
            used more; short tests are not measured.
    """

    def __init__(self, index: int, supplies: Supplies, *, fail_fast: bool = False) -> None:
        self.bombs = self.doubtful = 0
        self.longest = 0.0
        self._tree: Tree | None = None
        self._bench = Bench(index, supplies)
        self._index = index
        self._supplies = supplies
        self._fail_fast = fail_fast
        self._limits = supplies.limits
        self._servers: dict[Kind, Servant] = {}
        self._group = 0
        self._together = Together(self)

    def close(self) -> None:
        """Hang up on the judge and the fork-servers; they end what they started."""
        self._bench.dismiss()
        for server in self._servers.values():
            server.let_go()
        self._servers = {}

    def is_crowded(self) -> bool:
        """Whether its candidate holds so many processes just now that others may not get theirs."""
        tree = self._tree
        return tree is not None and tree.survey().threads > self._limits.processes // 2

    @contextmanager
    def granting(self, cpu_s: float) -> Iterator[None]:
        """Allow each test so many CPU seconds meanwhile."""
        usual = self._limits
        self._limits = dataclasses.replace(usual, cpu_s=cpu_s)
        try:
            yield
        finally:
            self._limits = usual

    def leaving(self, path: str) -> None:
        """Have a folder removed at the end of the pool, whatever comes between."""
        self._supplies.leaving(path)

    def abort(self) -> None:
        """Give up, from another thread: whatever this worker waits for ends at once, and nothing new begins."""
        self._bench.abort()
        for server in tuple(self._servers.values()):
            server.channel.shut_down()

    def replace(self) -> None:
        """Something was lost: end all of it; what comes next gets a fresh judge and fresh fork-servers."""
        for server in self._servers.values():
            server.end()
        self.close()
        if self._group:
            self._supplies.sweep(self._group)
        self._group = 0

    def warm(self, kind: Kind) -> None:
        """Have ready what a candidate needs, so that the first one is not charged for it."""
        self._server(kind)
        self._bench.channel()

    def cases(self, test: UnitTest) -> tuple[Case, ...]:
        """The tests of a file; see `Bench.cases`."""
        if test.integrity == "in_process":
            return tuple(case for case, _ in self._together.file(test).tests)
        return self._bench.cases(test)

    def run(
        self, steps: Sequence[tuple[UnitTest, int]], code: str, meter: Meter, kind: Kind, *, to_the_end: bool
    ) -> tuple[CaseResult, ...]:
        """Run tests against a candidate, one after another.

        Args:
            steps: Each a suite, and which of its tests.
            code: The candidate.
            meter: Counts what it uses.
            kind: Where to fork it.
            to_the_end: Go on with a new process after one that had to be given up; else leave the rest.

        Raises:
            Gone: The judge or a fork-server was lost.
            NotStartedError: There is no process for the candidate.
            InfrastructureError: The suite or this machine is at fault.
        """
        cases = [self.cases(test)[index] for test, index in steps]
        if not cases:
            return ()
        if len(code.encode("utf-8", "surrogatepass")) > LONGEST_CODE:
            return (cases[0].ended(Outcome.ERROR, "the code is too long"), *(case.blank for case in cases[1:]))
        if kind.with_test:
            return self._together.run(steps[0][0], code, meter, kind)
        results: list[CaseResult] = []
        candidate: Candidate | None = None
        try:
            for place, (case, (test, index)) in enumerate(zip(cases, steps, strict=True), 1):
                result = None
                while result is None:
                    candidate = candidate or self._fork(code, kind)
                    result, is_over = self._test(candidate, test, index, case)
                    if is_over or case.isolated or (place < len(cases) and cases[place].isolated):
                        self.end(candidate, meter)
                        candidate = None
                    if result is None or result.outcome is Outcome.TAMPERED:
                        self._bench.dismiss()
                results.append(result)
                ends = self._fail_fast or (is_over and not to_the_end)
                if ends and result.outcome is not Outcome.PASSED:
                    break
        finally:
            if candidate is not None:
                self.end(candidate, meter)
        return (*results, *(case.blank for case in cases[len(results) :]))

    def _server(self, kind: Kind) -> Servant:
        if kind not in self._servers:
            self._servers[kind] = self._supplies.server(self._index, kind)
        return self._servers[kind]

    def _fork(self, code: str, kind: Kind) -> Candidate:
        candidate, ends, folder = self.fork(kind)
        try:
            self._bench.meet(code, [*(end.fileno() for end in ends), folder])
        finally:
            os.close(folder)
            for end in ends:
                end.close()
        return candidate

    def fork(self, kind: Kind) -> tuple[Candidate, list[socket.socket], int]:
        """A process for a candidate, our ends of its sockets, and its folder, opened."""
        servant = self._server(kind)
        server = servant.channel
        self._bench.channel()  # a judge that must be started first, starts before there is a candidate
        packets = socket.AF_UNIX, socket.SOCK_SEQPACKET
        pairs = [socket.socketpair(), socket.socketpair(*packets), socket.socketpair(*packets)]
        try:
            pidfd, folder = _process_and_folder(server, [theirs.fileno() for _, theirs in pairs])
        except BaseException:
            for ours, _ in pairs:
                ours.close()
            raise
        finally:
            for _, theirs in pairs:
                theirs.close()
        self._group = pid_of(pidfd)
        self._tree = Tree(self._group, servant.resident)
        return Candidate(server, self._tree, pidfd), [ours for ours, _ in pairs], folder

    def _test(self, candidate: Candidate, test: UnitTest, index: int, case: Case) -> tuple[CaseResult | None, bool]:
        """The result, and whether the candidate is of no further use; no result if the judge was at fault."""
        was_fresh = self._bench.is_fresh
        answer, excess = self._answer(candidate, test, index)
        if excess is not None:
            return case.ended(*self.over(excess)), True
        if "fault" in answer:
            if was_fresh:
                raise InfrastructureError(f"{test.task_id}/{test.suite} {case.blank.name}: {answer['fault']}")
            return None, True
        outcome, message, is_closed = verdict_of(answer)
        is_over = is_closed or outcome is Outcome.TAMPERED or candidate.is_dead()
        if is_over and outcome is not Outcome.PASSED:
            # A process that is killed hangs up a moment before it is dead.
            self.doubtful += candidate.is_dead(4 * _CHECK_S * is_closed) and endings.was_killed(candidate.end(_FORK_S))
        if is_over and outcome is Outcome.ERROR:
            outcome, message = self.why(candidate, message)
        return case.ended(outcome, message), is_over

    def hold(self, candidate: Candidate, trial: Trial) -> Excess | None:
        """Wait for the verdict of a test that shares its process; the limit that was passed instead, if any."""
        watch = Watch(candidate.tree, self._limits)
        excess = trial.wait(_CHECK_S, watch.excess)
        if excess is not None:
            at_work = watch.spent > _AT_WORK * self._limits.cpu_s
            self.doubtful += excess is Excess.TIME and (at_work or watch.stood_still)
            candidate.end(_FORK_S)
            return self._reason(candidate, excess)
        return None

    def over(self, excess: Excess) -> tuple[Outcome, str]:
        """Outcome and message for who passed a limit."""
        self.bombs += excess in {Excess.PROCESSES, Excess.MEMORY}
        return endings.OUTCOMES[excess], excess.value

    def _answer(self, candidate: Candidate, test: UnitTest, index: int) -> tuple[dict[str, Any], Excess | None]:
        """The judge's answer, and the limit that the candidate was killed for."""
        watch = Watch(candidate.tree, self._limits)
        cpu_before = self._bench.cpu()
        self._bench.order(test, index)
        died = 0.0
        while True:
            if self._bench.channel().ready(_CHECK_S):
                answer = self._bench.answer(GRACE_S, candidate.cpu)
                if answer is not None and "unknown" not in answer:
                    return answer, None
                if answer is not None:
                    self._bench.load(test)
                    self._bench.order(test, index)
            judging = self._bench.cpu() - cpu_before
            excess = watch.excess() or (Excess.TIME if judging > self._limits.cpu_s else None)
            self.longest = max(self.longest, watch.spent, judging)
            if excess is not None:
                at_work = watch.spent + judging > _AT_WORK * self._limits.cpu_s
                self.doubtful += excess is Excess.TIME and (at_work or watch.stood_still)
                candidate.end(_FORK_S)
                self._bench.last_word(PARTING_S, candidate.cpu)
                return {}, self._reason(candidate, excess)
            if candidate.is_dead():
                died = died or time.monotonic()
                if time.monotonic() - died > GRACE_S / 4:
                    candidate.end(_FORK_S)
                    left_s = watch.started + self._limits.wall_s - time.monotonic()
                    answer = self._bench.last_word(min(GRACE_S, max(PARTING_S, left_s)), candidate.cpu)
                    self.doubtful += answer is None
                    return (answer, None) if answer is not None else ({}, Excess.TIME)

    @staticmethod
    def _reason(candidate: Candidate, excess: Excess) -> Excess:
        return Excess.STORAGE if candidate.report and candidate.report["overflowed"] else excess

    def why(self, candidate: Candidate, message: str) -> tuple[Outcome, str]:
        """Why a candidate ended by itself, as far as its exit status tells."""
        report = candidate.end(_FORK_S)
        return endings.by_itself(report, message, self._limits.memory_mb)

    def end(self, candidate: Candidate, meter: Meter) -> None:
        """End a candidate and count what it used."""
        try:
            report = candidate.end(_FORK_S)
            self._bench.part()
        finally:
            os.close(candidate.pidfd)
            self._tree = None
        self._group = 0
        meter.add(report)
        if report["trouble"]:
            raise InfrastructureError(f"a candidate's process could not be set up: {report['trouble']}")


def _process_and_folder(server: Channel, ends: Sequence[int]) -> tuple[int, int]:
    """Have a fork-server fork a candidate with these descriptors; its process and its folder."""
    try:
        server.send({"op": "fork"}, ends)
        answer, descriptors = server.receive(_FORK_S)
    except Gone as error:
        raise NotStartedError(f"a candidate's process does not start: {error}") from None
    if len(descriptors) != 2:  # noqa: PLR2004 - its process and its folder
        close_all(descriptors)
        raise NotStartedError(f"a candidate's process does not start: {answer.get('lacks')}")
    return descriptors[0], descriptors[1]
