r"""``scripted:FILE``: answers by rule, for tests and for trying things out; costs nothing and never changes.

Each line of the file is one rule, and the first that fits answers::

    {"contains": "SELECT", "replies": ["```python\n...```"]}
    {"replies": ["I do not know."], "finish": "refused"}

``contains`` is looked for in every message of the conversation; a rule without it fits all.
``replies`` take turns by draw.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pythonsecurityeval._codec import decode, dumps, encode
from pythonsecurityeval._jsonl import Problems, read_rows
from pythonsecurityeval.chat import Finish, Message, Reply, Sampling
from pythonsecurityeval.errors import DecodeError, UsageError
from pythonsecurityeval.models.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a script; see the module."""

    replies: tuple[str, ...]
    contains: str = ""
    finish: Finish = "stop"

    def fits(self, messages: Sequence[Message]) -> bool:
        """Whether this rule answers the conversation."""
        return any(self.contains in message.content for message in messages)


@dataclass(frozen=True, slots=True)
class Scripted:
    """A model that answers by rules; a token of it is a word."""

    rules: tuple[Rule, ...]
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """``scripted-`` and the start of the SHA-256 of its rules."""
        return f"scripted-{hashlib.sha256(dumps(encode(self.rules)).encode()).hexdigest()[:8]}"

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The reply of the first rule that fits, cut at ``max_tokens`` words.

        Raises:
            UsageError: No rule fits.
        """
        rule = next((rule for rule in self.rules if rule.fits(messages)), None)
        if rule is None:
            asked = messages[-1].content if messages else ""
            raise UsageError(f'the script has no rule for {asked!r:.80}; add one without "contains" as the last')
        text, finish = _cut(rule.replies[draw % len(rule.replies)], rule.finish, sampling.max_tokens)
        said = sum(len(message.content.split()) for message in messages)
        return Reply(text=text, finish=finish, input_tokens=said, output_tokens=len(text.split()))


def _cut(text: str, finish: Finish, words: int) -> tuple[str, Finish]:
    """The text, or its start if it has too many words."""
    rest = text.split(maxsplit=words)
    return (text, finish) if len(rest) <= words else (text[: len(text) - len(rest[-1])].rstrip(), "length")


@contextlib.asynccontextmanager
async def scripted(target: str, settings: Settings) -> AsyncIterator[Scripted]:  # noqa: ARG001 - a factory's signature
    """Opens the script in file ``target``.

    Raises:
        InputProblems: Every rule of the file that has not the documented shape.
    """
    yield Scripted(read_script(Path(target)))


def read_script(path: Path) -> tuple[Rule, ...]:
    """The rules of a file.

    Raises:
        InputProblems: Every one that has not the documented shape.
    """
    problems, rules = Problems(str(path)), []
    for line, row in read_rows(str(path), problems):
        try:
            rule = decode(Rule, row)
        except DecodeError as error:
            problems.add(line, error.message, error.path)
            continue
        if not rule.replies:
            problems.add(line, "expected at least one reply", "$.replies")
        rules.append(rule)
    if not rules:
        problems.add(0, 'holds no rule; write for instance {"replies": ["pass"]}')
    problems.raise_if_any()
    return tuple(rules)
