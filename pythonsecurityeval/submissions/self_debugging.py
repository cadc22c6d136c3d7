"""``self_debugging``: the model explains the code and then mends it, without a tool's help (section 4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.submissions import _patch, _prompts


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class SelfDebugging:
    """Two calls: explain; then code and explanation, fix."""

    track: ClassVar[Track] = "patch"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The texts sent."""
        return _prompts.sha256s("explain-1", "fix_explained-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The code in the second answer, or the old code."""
        code = _prompts.fenced(assignment.code)
        explanation = await desk.ask("explain", _prompts.ask("explain-1", code=code))
        question = _prompts.ask("fix_explained-1", code=code, explanation=explanation)
        return await _patch.fix(assignment, desk, question)
