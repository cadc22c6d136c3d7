"""Runs a submission for many samples at once."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import final

from pythonsecurityeval.chat import Sampling
from pythonsecurityeval.errors import AnswerPending, PseError
from pythonsecurityeval.pipeline.assignments import Job
from pythonsecurityeval.pipeline.desk import RecordingDesk
from pythonsecurityeval.pipeline.run_options import Chosen
from pythonsecurityeval.protocols import Model, Scanner
from pythonsecurityeval.solving import Attempt, Call, Trace
from pythonsecurityeval.types import Prediction, Scanned


@final
@dataclass(slots=True, kw_only=True)
class Cost:
    """What the answers of a run cost, whether the model gave them now or they were recorded.

    Attributes:
        calls: Answers.
        input_tokens: Tokens of the conversations, where the provider says.
        output_tokens: Tokens of the answers, where the provider says.
        seconds: Sum of the calls' wall times.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    seconds: float = 0.0

    def add(self, call: Call) -> None:
        """One more answer."""
        self.calls += 1
        self.input_tokens += call.reply.input_tokens or 0
        self.output_tokens += call.reply.output_tokens or 0
        self.seconds += call.reply.seconds


SolverProgress = Callable[[int, int], None]


@final
class Solver:
    """Answers jobs with a bounded number of samples in work.

    Args:
        model: Who answers.
        scanner: What decides which code is flagged, and what the methods listen to.
        concurrency: Samples in work at once.
        progress: Called with the samples done and all samples, after each and after each call.
    """

    def __init__(self, model: Model, scanner: Scanner, *, concurrency: int, progress: SolverProgress) -> None:
        self._model = model
        self._scanner = scanner
        self._concurrency = concurrency
        self._progress = progress
        self.cost = Cost()
        self.pending = 0

    async def solve(self, chosen: Chosen, sampling: Sampling, jobs: Sequence[Job]) -> list[Trace]:
        """A trace of each job, in their order; those that wait for an answer to a batch are left out and counted.

        Raises:
            PseError: The first that any sample met; the others are given up.
        """
        slots = asyncio.Semaphore(self._concurrency)
        done = 0
        self._progress(0, len(jobs))

        async def one(job: Job) -> Trace | None:
            nonlocal done
            async with slots:
                trace = await self._solved(chosen, sampling, job, lambda: self._progress(done, len(jobs)))
            done += 1
            self._progress(done, len(jobs))
            return trace

        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(one(job)) for job in jobs]
        except* PseError as errors:
            raise _first(errors) from None
        return [trace for task in tasks if (trace := task.result()) is not None]

    async def _solved(self, chosen: Chosen, sampling: Sampling, job: Job, on_call: Callable[[], None]) -> Trace | None:
        def count(call: Call) -> None:
            self.cost.add(call)
            on_call()

        desk = RecordingDesk(
            model=self._model,
            scanner=self._scanner,
            sampling=sampling,
            sample_index=job.sample_index,
            entry_point=job.assignment.entry_point,
            code_prompt=job.code_prompt,
            on_call=count,
        )
        initial = None if job.initial is None else await self._scanned(job.initial)
        try:
            code = await _answer(chosen, job, initial, desk)
        except AnswerPending:
            self.pending += 1
            return None
        return Trace(
            submission=chosen.name,
            task_id=job.assignment.task_id,
            sample_index=job.sample_index,
            initial=initial,
            calls=tuple(desk.calls),
            attempts=tuple(desk.attempts),
            code=code,
        )

    async def _scanned(self, given: Prediction) -> Attempt:
        scan = await asyncio.to_thread(self._scanner.scan, given.code)
        return Attempt(step="initial", code=given.code, extraction=given.extraction, scan=scan)


async def _answer(chosen: Chosen, job: Job, initial: Attempt | None, desk: RecordingDesk) -> str:
    """What the submission answers; code that is not flagged passes through as it is."""
    if initial is None:
        return await chosen.submission.solve(job.assignment, desk)
    if not isinstance(initial.scan, Scanned) or not initial.scan.findings:
        return initial.code
    flagged = dataclasses.replace(job.assignment, code=initial.code, findings=initial.scan.findings)
    return await chosen.submission.solve(flagged, desk)


def _first(errors: BaseExceptionGroup[PseError]) -> BaseException:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
