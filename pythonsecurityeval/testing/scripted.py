"""A model for tests: it says what it is told to, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pythonsecurityeval.chat import Message, Reply, Sampling


class ScriptedModel:
    """A `protocols.Model` made of texts, one a call, of which the last is repeated; or of a function.

    Attributes:
        calls: What it was asked: messages, sampling and draw of each call.
    """

    def __init__(self, *texts: str, answer: Callable[[Sequence[Message], int], str | Reply] | None = None) -> None:
        if bool(texts) == bool(answer):
            raise ValueError("give texts, or a function as answer")
        self.name = "scripted"
        self.about: Mapping[str, Any] = {}
        self.calls: list[tuple[tuple[Message, ...], Sampling, int]] = []
        self._answer = answer or (lambda _messages, _draw: texts[min(len(self.calls), len(texts)) - 1])

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The next text, or what the function says."""
        self.calls.append((tuple(messages), sampling, draw))
        said = self._answer(messages, draw)
        await asyncio.sleep(0)  # others get their turn, as with a real model
        return said if isinstance(said, Reply) else Reply(text=said)
