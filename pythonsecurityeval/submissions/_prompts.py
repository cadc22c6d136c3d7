"""The prompt texts: one file each under ``prompts/``, named with its version; a changed text is a new version."""

from __future__ import annotations

import functools
import hashlib
import re
import string
from importlib import resources

from pythonsecurityeval.chat import Message
from pythonsecurityeval.types import Finding

_BACKTICKS = re.compile(r"`+")
_LEAST_FENCE = 3


def ask(name: str, **values: str) -> tuple[Message, ...]:
    """A conversation of one message: the prompt text with its blanks filled.

    Args:
        name: Name of the text with its version, as ``verbalize-1``.
        values: What goes into the blanks, taken as it is.
    """
    return (Message(role="user", content=string.Template(_text(name)).substitute(values)),)


def sha256s(*names: str) -> dict[str, str]:
    """Hex SHA-256 of prompt texts by name."""
    return {name: hashlib.sha256(_text(name).encode()).hexdigest() for name in names}


def fenced(code: str) -> str:
    """The code in a fence that nothing in it can close."""
    longest = max(map(len, _BACKTICKS.findall(code)), default=0)
    fence = "`" * max(_LEAST_FENCE, longest + 1)
    return f"{fence}python\n{code.rstrip()}\n{fence}"


def listed(code: str, findings: tuple[Finding, ...]) -> str:
    """Findings as the paper shows them to a model (Figure 2): the rule, its message, and the line."""
    lines = code.splitlines()
    return "\n\n".join(_shown(finding, lines) for finding in findings)


def _shown(finding: Finding, lines: list[str]) -> str:
    issue = f"Issue: [{finding.rule_id}:{finding.rule_name}] {finding.message}"
    if not 1 <= finding.line <= len(lines):
        return issue
    return f"{issue}\nLine {finding.line}: {lines[finding.line - 1].strip()}"


@functools.cache
def _text(name: str) -> str:
    return resources.files(__package__).joinpath("prompts", f"{name}.txt").read_text("utf-8").rstrip("\n")
