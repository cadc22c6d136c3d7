"""The desk of one sample: what a submission may use, and the record of what it did."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import final

from pythonsecurityeval._extract import drop_reasoning, extract
from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.protocols import Model, Scanner
from pythonsecurityeval.solving import Attempt, Call
from pythonsecurityeval.types import Extraction, ScanResult

DRAWS_OF_A_SAMPLE = 1000
"""How often one sample may ask the same question; sample ``i`` draws from ``i * DRAWS_OF_A_SAMPLE`` on."""


@final
class RecordingDesk:
    """A `protocols.Desk` for one sample.

    Args:
        model: Who answers.
        scanner: What the methods listen to, and the judge of the insecure percentage too.
        sampling: How every answer is drawn.
        sample_index: Samples of a task, and the same question within a sample, are drawn apart.
        entry_point: The name that the code must define; empty where unknown.
        code_prompt: The prompt, where it is code that the model was asked to continue.
        on_call: Called after each answer.
    """

    def __init__(
        self,
        *,
        model: Model,
        scanner: Scanner,
        sampling: Sampling,
        sample_index: int,
        entry_point: str,
        code_prompt: str | None = None,
        on_call: Callable[[Call], None] = lambda _call: None,
    ) -> None:
        self._model = model
        self._scanner = scanner
        self._sampling = sampling
        self._sample_index = sample_index
        self._entry_point = entry_point
        self._code_prompt = code_prompt
        self._on_call = on_call
        self._asked: Counter[tuple[Message, ...]] = Counter()
        self.calls: list[Call] = []
        self.attempts: list[Attempt] = []

    async def ask(self, step: str, messages: Sequence[Message]) -> str:
        """The model's answer, without its reasoning."""
        return drop_reasoning((await self._reply(step, tuple(messages))).text).strip()

    async def attempt(self, step: str, messages: Sequence[Message]) -> Attempt:
        """The code in the model's answer, scanned."""
        reply = await self._reply(step, tuple(messages))
        return await self._tried(step, *extract(reply.text, self._entry_point, self._code_prompt))

    async def scan(self, code: str) -> ScanResult:
        """What the scanner says of code that the submission made itself."""
        return (await self._tried("own", code, Extraction.SOLUTION)).scan

    async def _reply(self, step: str, messages: tuple[Message, ...]) -> Reply:
        turn = self._asked[messages]
        if turn >= DRAWS_OF_A_SAMPLE:
            raise UsageError(f"step {step!r} asked the same question {turn} times for one sample; ask less often")
        self._asked[messages] += 1
        draw = self._sample_index * DRAWS_OF_A_SAMPLE + turn
        reply = await self._model.complete(messages, self._sampling, draw)
        call = Call(step=step, messages=messages, sampling=self._sampling, draw=draw, reply=reply)
        self.calls.append(call)
        self._on_call(call)
        return reply

    async def _tried(self, step: str, code: str, extraction: Extraction) -> Attempt:
        scan = await asyncio.to_thread(self._scanner.scan, code)
        attempt = Attempt(step=step, code=code, extraction=extraction, scan=scan)
        self.attempts.append(attempt)
        return attempt
