"""Equation 2: the model proposes distinct solutions, and they are told apart in its answer."""

from __future__ import annotations

import re

from pythonsecurityeval.protocols import Desk
from pythonsecurityeval.submissions import _prompts

_NUMBERED = re.compile(
    r"(?P<indent>[ \t]*)(?:#{1,6}[ \t]+)?(?P<bold>\*\*|__)?(?:solution[ \t]+)?(?P<number>\d{1,3})[.):](?P<rest>.*)",
    re.IGNORECASE,
)
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")


async def propose(desk: Desk, *, count: int, code: str, findings: str, explanation: str) -> list[str]:
    """At most ``count`` solutions; fewer, even none, if the answer has fewer."""
    question = _prompts.ask("propose-1", code=code, findings=findings, explanation=explanation, count=str(count))
    return split(await desk.ask("propose", question), count)


def split(answer: str, count: int) -> list[str]:
    """The first ``count`` distinct solutions of a numbered list; an answer without a list is one solution.

    A solution starts on a line with the next number, not further indented than the first one; so
    neither steps within a solution nor numbers in its text or code split it.
    """
    solutions: list[list[str]] = []
    widest = 0
    in_code = False
    for line in answer.splitlines():
        in_code ^= _FENCE.match(line) is not None
        start = None if in_code else _NUMBERED.fullmatch(line)
        indent = len(start["indent"].expandtabs()) if start else 0
        if start and int(start["number"]) == len(solutions) + 1 and (not solutions or indent <= widest):
            widest = indent
            solutions.append([start["rest"].strip().removesuffix(start["bold"] or "").strip()])
        elif solutions:
            solutions[-1].append(line)
    distinct: dict[str, str] = {}
    for text in ["\n".join(lines).strip() for lines in solutions] or [answer.strip()]:
        if text:
            distinct.setdefault(" ".join(text.split()).casefold(), text)
    return list(distinct.values())[:count]
