"""``verbalization``: the model puts the findings into words and then mends the code (Equation 1, section 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.submissions import _patch, _prompts


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Verbalization:
    """Two calls: code and findings, explain; then code, findings and explanation, fix."""

    track: ClassVar[Track] = "patch"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The texts sent."""
        return _prompts.sha256s("verbalize-1", "fix_verbalized-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The code in the second answer, or the old code."""
        explanation = await _patch.verbalize(assignment, desk)
        question = _prompts.ask("fix_verbalized-1", **_patch.flagged(assignment), explanation=explanation)
        return await _patch.fix(assignment, desk, question)
