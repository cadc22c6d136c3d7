"""Models: from a name such as ``openai:gpt-5`` to something that answers.

A model is a plugin of the group ``pythonsecurityeval.models``: a function of what stands
after the colon and of `Settings` that returns an async context manager, which yields a
`protocols.Model` and lets go of its connections at the end.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any, cast

from pythonsecurityeval import _registry
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.models.settings import Settings
from pythonsecurityeval.protocols import Model

__all__ = ["ModelFactory", "Settings", "open_model"]

ModelFactory = Callable[[str, Settings], AbstractAsyncContextManager[Model]]
"""What a plugin registers."""


@contextlib.asynccontextmanager
async def open_model(spec: str, settings: Settings | None = None) -> AsyncIterator[Model]:
    """The model that ``spec`` names, with at most ``settings.concurrency`` calls in flight.

    Args:
        spec: ``KIND:TARGET``: ``openai:NAME``, ``anthropic:NAME``, ``llamacpp:FILE.gguf``, ``hf:ORG/NAME``,
            ``replay:CASSETTE``, ``collect:NAME``, ``scripted:FILE``, or a plugin's own kind.
        settings: How to reach it.

    Raises:
        UsageError: No such kind, or the kind cannot make a model of the target.
        EnvironmentMissing: The kind's libraries are not installed.
    """
    kind, colon, target = spec.partition(":")
    if not colon or not target:
        raise UsageError(f"model {spec!r}: expected KIND:NAME, for instance openai:gpt-5 or replay:FILE")
    factory = cast("ModelFactory", _registry.load("models", kind))
    settings = settings or Settings()
    async with factory(target, settings) as model:
        yield _Guarded(model, settings.concurrency)


class _Guarded:
    """A model with a limit on the calls in flight, and without half characters on either way.

    JSON can say lone surrogates, and predictions and models do; they are in no UTF-8, so no request could carry them.
    """

    def __init__(self, model: Model, concurrency: int) -> None:
        self._model = model
        self._slots = asyncio.Semaphore(concurrency)

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def about(self) -> Mapping[str, Any]:
        return self._model.about

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        clean = [Message(role=message.role, content=_whole(message.content)) for message in messages]
        async with self._slots:
            reply = await self._model.complete(clean, sampling, draw)
        return replace(reply, text=_whole(reply.text))


def _whole(text: str) -> str:
    """The text with U+FFFD for each lone surrogate."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
