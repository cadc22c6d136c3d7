"""``generated``: the code as the model writes it at first (the paper's *Generated code*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, final

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.submissions import _prompts


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """One call: the prompt, and to answer with one fenced block."""

    track: ClassVar[Track] = "generate"

    @property
    def prompts(self) -> Mapping[str, str]:
        """The text sent."""
        return _prompts.sha256s("generate-1")

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The code in the answer."""
        attempt = await desk.attempt("generate", _prompts.ask("generate-1", prompt=assignment.prompt))
        return attempt.code
