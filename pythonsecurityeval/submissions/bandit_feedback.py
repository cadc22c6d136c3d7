"""``bandit_feedback``: the code with what the scanner found in it (section 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.submissions import _patch, _prompts


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class BanditFeedback:
    """One call: the code, and rule, message and line of each finding."""

    track: ClassVar[Track] = "patch"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The text sent."""
        return _prompts.sha256s("fix_findings-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The code in the answer, or the old code."""
        return await _patch.fix(assignment, desk, _prompts.ask("fix_findings-1", **_patch.flagged(assignment)))
