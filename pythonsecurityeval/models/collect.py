"""``collect:NAME``: nobody answers now; calls are written down for a batch (see `batch`)."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import AnswerPending
from pythonsecurityeval.models.settings import Settings


@dataclass(frozen=True, slots=True)
class Absent:
    """A model that answers later. ``name`` is what the provider calls it."""

    name: str
    about: Mapping[str, Any] = field(default_factory=dict)

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:  # noqa: ARG002 - the protocol's
        """Never answers.

        Raises:
            AnswerPending: Always. A cassette in the mode ``collect`` writes the call down first.
        """
        raise AnswerPending(f"{self.name} answers in a batch; record its calls in the mode collect")


@contextlib.asynccontextmanager
async def collect(target: str, settings: Settings) -> AsyncIterator[Absent]:  # noqa: ARG001 - a factory's signature
    """A model of that name, to be asked in a batch."""
    yield Absent(target)
