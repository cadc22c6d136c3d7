"""The judge of one worker: started when it is needed, and replaced as soon as it may be spoilt."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.sandbox.channel import Channel, Gone
from pythonsecurityeval.sandbox.claims import Case, case_of
from pythonsecurityeval.sandbox.policy import MEGABYTE
from pythonsecurityeval.sandbox.servant import Servant, Supplies
from pythonsecurityeval.sandbox.watch import cpu_of, pid_of, space_of
from pythonsecurityeval.types import UnitTest

#: How long a judge may take to notice that its candidate has ended.
GRACE_S: Final = 3.0
#: How long it is waited for where only that is at stake, whether it must be replaced.
PARTING_S: Final = 0.3
_LOAD_S = 60.0
_CLOSE_S = 1.0
_CHECK_S = 0.05
#: CPU seconds that a judge may spend on what an ended candidate left behind.
_LAST_WORD_CPU_S = 0.5
_MOST_TESTS = 500
#: A judge whose address space grew by more than this was filled by somebody.
_MOST_GROWTH = 512 * MEGABYTE


class Bench:
    """Where one judge sits.

    Args:
        index: Whose judge it is.
        supplies: Where judges come from.

    Attributes:
        is_fresh: Whether the judge has not run a test yet, so that no candidate can be the cause of what it says.
    """

    def __init__(self, index: int, supplies: Supplies) -> None:
        self.is_fresh = True
        self._index = index
        self._supplies = supplies
        self._judge: Servant | None = None
        self._pid = self._space = 0
        self._plans: dict[str, tuple[Case, ...]] = {}
        self._aborted = False

    def channel(self) -> Channel:
        """The way to the judge, a new one if need be."""
        if self._aborted:
            raise InfrastructureError("the sandbox was closed")
        if self._judge is None:
            self._judge = self._supplies.judge(self._index)
            self._pid = pid_of(self._judge.pidfd)
            self._space = space_of(self._pid)
            self.is_fresh = True
        return self._judge.channel

    def dismiss(self) -> None:
        """End the judge, whatever it does; who needs one gets another."""
        if self._judge is not None:
            self._judge.end()
        self._judge = None

    def abort(self) -> None:
        """From another thread: every wait for the judge ends at once, and there will be no other."""
        self._aborted = True
        judge = self._judge
        if judge is not None:
            judge.channel.shut_down()

    def cases(self, test: UnitTest) -> tuple[Case, ...]:
        """The tests of a file. They are read from a judge that has not met a candidate with this file yet.

        Raises:
            Gone: The judge was lost.
            InfrastructureError: The file is not a suite.
        """
        if test.sha256 not in self._plans:
            self._plans[test.sha256] = tuple(map(case_of, self.load(test)[:_MOST_TESTS]))
        return self._plans[test.sha256]

    def load(self, test: UnitTest) -> list[dict[str, Any]]:
        """Have the judge load a file; descriptions of its tests."""
        name = f"{test.task_id}/{test.suite}"
        judge = self.channel()
        judge.send({"op": "load", "key": test.sha256, "name": name, "source": test.source})
        answer, _ = judge.receive(_LOAD_S)
        if "fault" in answer:
            if self.is_fresh:
                raise InfrastructureError(f"{name}: {answer['fault']}")
            self.dismiss()
            return self.load(test)
        tests = answer.get("tests")
        if not isinstance(tests, list):
            raise Gone("the judge did not answer the question")
        return tests

    def meet(self, code: str, descriptors: Sequence[int]) -> None:
        """Give the judge a candidate."""
        self.channel().send({"op": "open", "code": code}, descriptors)

    def order(self, test: UnitTest, index: int) -> None:
        """Have it run a test."""
        self.channel().send({"op": "run", "key": test.sha256, "index": index})

    def answer(self, seconds: float, cpu: Callable[[], float | None]) -> dict[str, Any] | None:
        """What the judge says, if it says it in time; None if it only asked for ``cpu`` seconds, and was told."""
        answer, _ = self.channel().receive(seconds)
        if answer.get("ask") != "cpu":
            self.is_fresh = False
            return answer
        self.channel().send({"cpu_s": spent} if (spent := cpu()) is not None else {})
        return None

    def last_word(self, seconds: float, cpu: Callable[[], float | None]) -> dict[str, Any] | None:
        """What the judge makes of it that its candidate was ended; None if what that left keeps it: it is dismissed."""
        end, enough = time.monotonic() + seconds, self.cpu() + _LAST_WORD_CPU_S
        while time.monotonic() < end and self.cpu() < enough:
            if self.channel().ready(_CHECK_S):
                answer = self.answer(GRACE_S, cpu)
                if answer is not None:
                    return answer
        self.dismiss()
        return None

    def part(self) -> None:
        """The candidate has ended: the judge lets go of it, and is replaced if something is left in it."""
        judge = self._judge
        if judge is None:
            return
        judge.channel.send({"op": "close"})
        if not judge.channel.ready(_CLOSE_S):
            self.dismiss()
            return
        answer, _ = judge.channel.receive(GRACE_S)
        if answer.get("ended") is not True or space_of(self._pid) > self._space + _MOST_GROWTH:
            self.dismiss()

    def cpu(self) -> float:
        """CPU seconds that the judge has used."""
        return cpu_of(self._pid) if self._judge else 0.0
