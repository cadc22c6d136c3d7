"""Calls are recorded where the model is asked, so that no call is paid for twice and a run can be repeated without it.

A cassette stands before a model and is a model itself. Its modes:

``auto``     a recorded call is answered from the cassette; any other is made and recorded
``replay``   a call that was not recorded is an error
``refresh``  every call is made again, once, and replaces the recorded one
``collect``  a call that was not recorded is written down for a batch (see `batch`)
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import AnswerPending, CassetteMiss
from pythonsecurityeval.models import batch
from pythonsecurityeval.models.calls import Request, describe, request_of
from pythonsecurityeval.models.store import Head, Store
from pythonsecurityeval.protocols import Model

Mode = Literal["auto", "replay", "refresh", "collect"]


def mode_of(spec: str) -> Mode:
    """How a model's calls are recorded: ``collect`` for ``collect:NAME``, else ``auto``."""
    return "collect" if spec.startswith("collect:") else "auto"


@contextlib.asynccontextmanager
async def record(path: Path, model: Model, mode: Mode = "auto") -> AsyncIterator[Cassette]:
    """A model whose calls are recorded in the SQLite file ``path``.

    In the mode ``collect``, ``requests.jsonl`` beside it is written at the end.

    Raises:
        UsageError: The file is no cassette, or holds another model's calls.
        InfrastructureError: It cannot be written.
    """
    with Store.open(path, Head(model=model.name, about=model.about)) as store:
        cassette = Cassette(store, model, mode)
        try:
            yield cassette
        finally:
            await cassette.settle()
            if mode == "collect":
                batch.write_requests(path.with_name("requests.jsonl"), store.pending())


class Cassette:
    """A model that remembers; see the module. Open it with `record`.

    Attributes:
        hits: Calls that were answered from the cassette, or by an equal call in flight.
        fresh: Calls that the model answered.
    """

    def __init__(self, store: Store, model: Model, mode: Mode) -> None:
        self.hits = 0
        self.fresh = 0
        self._store = store
        self._model = model
        self._mode = mode
        self._in_flight: dict[str, asyncio.Task[Reply]] = {}
        self._refreshed: set[str] = set()

    @property
    def name(self) -> str:
        """The model's."""
        return self._model.name

    @property
    def about(self) -> Mapping[str, Any]:
        """The model's."""
        return self._model.about

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The recorded answer, or the model's, as the mode says. Of equal calls at the same time, one is made.

        Raises:
            CassetteMiss: The call was not recorded (``replay``).
            AnswerPending: The call was written down for a batch (``collect``).
        """
        request = request_of(self.name, messages, sampling, draw)
        key = request.key
        if key in self._in_flight:
            self.hits += 1
            return await asyncio.shield(self._in_flight[key])
        recorded = None if self._mode == "refresh" and key not in self._refreshed else self._store.reply(key)
        if recorded is not None:
            self.hits += 1
            return recorded
        return await self._miss(key, request)

    async def _miss(self, key: str, request: Request) -> Reply:
        if self._mode == "replay":
            raise CassetteMiss(f"{self._store.path}: {describe(request)} was never recorded; use the recorded options")
        if self._mode == "collect":
            self._store.put(request, None)
            raise AnswerPending(f"{describe(request)} waits for its answer")
        task = asyncio.create_task(self._ask(key, request))
        self._in_flight[key] = task
        task.add_done_callback(lambda done: self._landed(key, done))
        return await asyncio.shield(task)  # one caller that gives up takes nothing from the others

    async def _ask(self, key: str, request: Request) -> Reply:
        reply = await self._model.complete(request.messages, request.sampling, request.draw)
        self._store.put(request, reply)
        self._refreshed.add(key)
        self.fresh += 1
        return reply

    def _landed(self, key: str, task: asyncio.Task[Reply]) -> None:
        del self._in_flight[key]
        if not task.cancelled():
            task.exception()  # looked at, or asyncio complains where every caller has given up

    async def settle(self) -> None:
        """Gives up the calls that are in flight."""
        tasks = list(self._in_flight.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
