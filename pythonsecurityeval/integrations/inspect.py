"""Inspect: ``inspect eval pythonsecurityeval/pse -T submission=fdsp --model …`` (extra ``inspect``).

The methods and the scorer are those of ``pse run`` and ``pse score``; Inspect brings models,
logs and its viewer. Retries are bounded here, as Inspect's are not, and its cache stays off,
as it would answer draws of the same question alike.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
    ModelOutput,
    get_model,
)
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer, stderr
from inspect_ai.solver import Generate, Solver, TaskState, solver

from pythonsecurityeval._codec import dumps, encode
from pythonsecurityeval._jsonl import write_lines
from pythonsecurityeval.chat import Finish, Message, Reply, Sampling
from pythonsecurityeval.pipeline.assignments import Assignments
from pythonsecurityeval.pipeline.options import Options
from pythonsecurityeval.pipeline.run_options import RunOptions
from pythonsecurityeval.pipeline.running import solve_one
from pythonsecurityeval.pipeline.scoring import score
from pythonsecurityeval.scanners.bandit import BanditScanner

_ROLES = {"system": ChatMessageSystem, "user": ChatMessageUser, "assistant": ChatMessageAssistant}
_FINISHES: Mapping[str, Finish] = {
    "stop": "stop",
    "max_tokens": "length",
    "model_length": "too_long",
    "content_filter": "refused",
}
_RETRIES = 5


@task
def pse(submission: str = "generated", corpus: str = "pythonsecurityeval", preset: str = "plain") -> Task:
    """The tasks of a corpus, answered by a submission and scored as ``pse score`` does; an epoch is a sample."""
    assignments = Assignments.load(corpus, None, None, RunOptions(preset=preset))
    samples = [Sample(id=job.assignment.task_id, input=job.assignment.prompt) for job in assignments.to_generate()]
    return Task(
        dataset=MemoryDataset(samples, name=corpus),
        solver=submitted(submission, assignments, preset),
        scorer=attacked(corpus),
        config=GenerateConfig(max_retries=_RETRIES),
    )


@solver
def submitted(submission: str, assignments: Assignments, preset: str) -> Solver:
    """Lets a submission answer one sample."""
    scanner = BanditScanner()

    async def solve(state: TaskState, generate: Generate) -> TaskState:  # noqa: ARG001 - Inspect's signature
        key = str(state.sample_id), state.epoch - 1
        trace = await solve_one(submission, preset, InspectModel(), scanner, assignments, key)
        state.metadata["trace"] = encode(trace)
        state.output = ModelOutput.from_content(model=str(state.model), content=f"```python\n{trace.code}```")
        state.store.set("code", trace.code)
        return state

    return solve


class InspectModel:
    """The model of the evaluation at hand, as a `protocols.Model`."""

    @property
    def name(self) -> str:
        """As Inspect calls it."""
        return str(get_model())

    @property
    def about(self) -> Mapping[str, Any]:
        """Nothing more is known."""
        return {}

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:  # noqa: ARG002 - Inspect draws anew each time
        """The model's next message."""
        started = time.monotonic()
        chat: list[ChatMessage] = [_ROLES[message.role](content=message.content) for message in messages]
        config = GenerateConfig(max_tokens=sampling.max_tokens, temperature=sampling.temperature, top_p=sampling.top_p)
        output = await get_model().generate(chat, config=config, cache=False)
        return Reply(
            text=output.completion,
            finish=_FINISHES.get(output.stop_reason, "other"),
            input_tokens=output.usage.input_tokens if output.usage else None,
            output_tokens=output.usage.output_tokens if output.usage else None,
            seconds=round(time.monotonic() - started, 3),
        )


@scorer(metrics={"*": [mean(), stderr()]})
def attacked(corpus: str) -> Scorer:
    """What ``pse score`` says of the sample: insecure, passes, and secure (works and withstands)."""

    async def judge(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect's signature
        code = state.store.get("code", "")
        report = await asyncio.to_thread(_scored, corpus, str(state.sample_id), code)
        metrics = report.summary["metrics"]
        rates = {
            "insecure": metrics["insecure_rate"],
            "passes": metrics["pass_rate"],
            "secure": metrics["secure_pass_at_k_all"]["1"],
        }
        (result,) = report.results
        execution = result.execution
        return Score(
            value={name: rate["value"] for name, rate in rates.items() if rate["value"] is not None},
            answer=code,
            explanation=f"scan {result.scan.status}, functional {execution.functional}, security {execution.security}",
        )

    return judge


def _scored(corpus: str, task_id: str, code: str) -> Any:
    with tempfile.TemporaryDirectory(prefix="pse-inspect-") as folder:
        predictions = Path(folder) / "predictions.jsonl"
        write_lines(predictions, [dumps({"task_id": task_id, "solution": code})])
        return score(predictions, corpus, options=Options(tasks=task_id, jobs=1))
