"""``fdsp_iterative``: FDSP whose rounds build on each other; not in the paper.

The published algorithm starts every refinement from the original code, knows only its first
findings, takes whatever the scanner finds clean, and forgets all progress where nothing is.
Here each round starts from the best code so far with its own findings, and a candidate must
still be the program that was asked for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Attempt, Track
from pythonsecurityeval.submissions import _patch, _prompts
from pythonsecurityeval.submissions._deletion import is_whole
from pythonsecurityeval.submissions._solutions import propose
from pythonsecurityeval.types import Scanned


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class FdspIterative:
    """At most ``n * (2 + k)`` calls.

    Attributes:
        k: Solutions that are proposed in a round; each is tried once.
        n: Rounds.
    """

    k: int = 3
    n: int = 3
    track: ClassVar[Track] = "patch"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The texts sent."""
        return _prompts.sha256s("verbalize-1", "propose-1", "fix_by_solution-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The first clean candidate that is still whole; else the whole one with the fewest findings."""
        best = assignment
        for _ in range(self.n):
            best = await self._round(assignment, best, desk)
            if not best.findings:
                break
        return best.code

    async def _round(self, original: Assignment, base: Assignment, desk: Desk) -> Assignment:
        """The best of ``base`` and one refinement of it by each solution."""
        explanation = await _patch.verbalize(base, desk)
        flagged = _patch.flagged(base)
        best = base
        solutions = await propose(desk, count=self.k, **flagged, explanation=explanation)
        for number, solution in enumerate(solutions, start=1):
            question = _prompts.ask("fix_by_solution-1", **flagged, explanation=explanation, solution=solution)
            best = _better(original, best, await desk.attempt(f"refine by solution {number}", question))
            if not best.findings:
                break
        return best


def _better(original: Assignment, best: Assignment, attempt: Attempt) -> Assignment:
    if not isinstance(attempt.scan, Scanned) or not is_whole(attempt.code, original.code, original.entry_point):
        return best
    if len(attempt.scan.findings) >= len(best.findings):
        return best
    return dataclasses.replace(best, code=attempt.code, findings=attempt.scan.findings)
