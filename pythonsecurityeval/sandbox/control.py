"""A functional test among the attacks: who refuses everything there has not withstood them.

Both suites of a sample run in processes of their own, and a candidate that could
tell which one it is in would work in the one and refuse everything in the
other. Whatever tells it that, the control meets it too, and passed before. It
comes after at least one attack, and which test it is and where it stands follows
from the texts of candidate and tests, so that it is the same in every run.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from pythonsecurityeval.sandbox.claims import Case
from pythonsecurityeval.types import CaseResult, Outcome, UnitTest, security_status

#: A test, and which of its cases.
Step = tuple[UnitTest, int]


def steps_of(test: UnitTest, cases: Sequence[Case]) -> list[Step]:
    """All cases of a test, in order."""
    return [(test, index) for index in range(len(cases))]


@dataclass(frozen=True, slots=True)
class Control:
    """The one that was chosen.

    Attributes:
        step: The functional test.
        place: So many attacks come before it.
    """

    step: Step
    place: int

    @classmethod
    def of(cls, code: str, functional: UnitTest, cases: Sequence[Case], attacks: int) -> Control:
        """Choose one of those functional tests that want an answer, if any does, and a place among the attacks."""
        answering = [index for index, case in enumerate(cases) if case.answers] or list(range(len(cases)))
        seed = hashlib.sha256(f"{functional.sha256} {attacks} {code}".encode("utf-8", "surrogatepass")).digest()
        chosen, place = int.from_bytes(seed[:8], "big"), int.from_bytes(seed[8:16], "big")
        return cls((functional, answering[chosen % len(answering)]), 1 + place % attacks)

    def among(self, attacks: Sequence[Step]) -> list[Step]:
        """The attacks with the control in its place."""
        return [*attacks[: self.place], self.step, *attacks[self.place :]]

    def judge(self, results: Sequence[CaseResult]) -> tuple[CaseResult, ...]:
        """Results of the attacks alone: where the control failed, nobody knows why they did.

        Args:
            results: Of the attacks with the control among them.
        """
        control, attacks = results[self.place], (*results[: self.place], *results[self.place + 1 :])
        if control.outcome in {Outcome.PASSED, Outcome.NOT_RUN} or security_status(attacks) != "withstood":
            return attacks
        message = f"{control.name} of the functional tests, repeated among the attacks: {control.outcome}"
        return tuple(dataclasses.replace(test, outcome=Outcome.ERROR, message=message) for test in attacks)
