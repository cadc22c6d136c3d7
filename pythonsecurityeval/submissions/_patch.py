"""What the refining methods have in common."""

from __future__ import annotations

from pythonsecurityeval.chat import Message
from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.solving import Assignment
from pythonsecurityeval.submissions import _prompts


async def fix(assignment: Assignment, desk: Desk, messages: tuple[Message, ...]) -> str:
    """The code in one answer, whatever the scanner says of it; without code in it, the old code."""
    attempt = await desk.attempt("fix", messages)
    return attempt.code or assignment.code


async def verbalize(assignment: Assignment, desk: Desk) -> str:
    """What the findings mean, in the model's words: Equation 1."""
    return await desk.ask("verbalize", _prompts.ask("verbalize-1", **flagged(assignment)))


def flagged(assignment: Assignment) -> dict[str, str]:
    """The code and its findings, as prompts show them."""
    return {
        "code": _prompts.fenced(assignment.code),
        "findings": _prompts.listed(assignment.code, assignment.findings),
    }
