"""``direct_prompting``: the code, and the question whether it has a security issue (section 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.submissions import _patch, _prompts


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DirectPrompting:
    """One call; the findings are not shown."""

    track: ClassVar[Track] = "patch"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The text sent."""
        return _prompts.sha256s("ask_and_fix-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The code in the answer, or the old code."""
        question = _prompts.ask("ask_and_fix-1", code=_prompts.fenced(assignment.code))
        return await _patch.fix(assignment, desk, question)
