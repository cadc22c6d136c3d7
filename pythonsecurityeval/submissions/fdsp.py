"""``fdsp``: Feedback-Driven Security Patching (Algorithm 1, Equations 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.submissions import _patch, _prompts
from pythonsecurityeval.submissions._solutions import propose


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Fdsp:
    """Two calls and at most ``k * n``.

    Attributes:
        k: Solutions that are proposed.
        n: Refinements of the original code by each solution.
    """

    k: int = 3
    n: int = 3
    track: ClassVar[Track] = "patch"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The texts sent."""
        return _prompts.sha256s("verbalize-1", "propose-1", "fix_by_solution-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The first refinement that the scanner finds clean; else the original code."""
        explanation = await _patch.verbalize(assignment, desk)
        flagged = _patch.flagged(assignment)
        solutions = await propose(desk, count=self.k, **flagged, explanation=explanation)
        for number, solution in enumerate(solutions, start=1):
            question = _prompts.ask("fix_by_solution-1", **flagged, explanation=explanation, solution=solution)
            for _ in range(self.n):
                attempt = await desk.attempt(f"refine by solution {number}", question)
                if attempt.clean:
                    return attempt.code
        return assignment.code
