"""What a submission is given to do: the tasks of a corpus, with the code before refinement where there is some."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, final

from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.pipeline.predictions import read_predictions
from pythonsecurityeval.pipeline.run_options import RunOptions
from pythonsecurityeval.pipeline.scoring import load_corpus
from pythonsecurityeval.solving import Assignment, Track
from pythonsecurityeval.types import Prediction, Task


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One sample to be answered.

    Attributes:
        assignment: What the submission is told.
        sample_index: Number of the sample within the task.
        code_prompt: The prompt, where it is code that an answer may go on with.
        initial: The code before refinement.
    """

    assignment: Assignment
    sample_index: int
    code_prompt: str | None = None
    initial: Prediction | None = None

    @property
    def key(self) -> tuple[str, int]:
        """Task id and sample index."""
        return self.assignment.task_id, self.sample_index


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Assignments:
    """The tasks of one run.

    Attributes:
        corpus: The corpus.
        tasks: Those of its tasks that are answered.
        initial: The code before refinement, as it was given; None where it has to be generated.
        indices: Numbers of the samples of a task that are generated.
    """

    corpus: Any
    tasks: tuple[Task, ...]
    initial: tuple[Prediction, ...] | None
    indices: tuple[int, ...]

    @classmethod
    def load(
        cls, corpus_name: str, corpus_path: str | os.PathLike[str] | None, initial: str | None, options: RunOptions
    ) -> Assignments:
        """Reads and checks all input.

        Raises:
            UsageError: Everything that is wrong with it.
        """
        corpus = load_corpus(corpus_name, corpus_path)
        tasks = tuple(corpus.tasks()[: options.limit])
        if initial is not None and options.samples is not None:
            raise UsageError("--samples is for generating code; with --initial there are as many as in that file")
        given = () if initial is None else _read(initial, corpus, tasks)
        return cls(
            corpus=corpus,
            tasks=tasks,
            initial=None if initial is None else tuple(sorted(given, key=lambda p: p.key)),
            indices=tuple(range(options.samples or 1)),
        )

    def check(self, name: str, track: Track) -> None:
        """Raises `UsageError` if the submission has no use for the initial code."""
        if track == "generate" and self.initial is not None:
            raise UsageError(f"submission {name!r} writes code and refines none; leave --initial out")

    def only(self, key: tuple[str, int]) -> Assignments:
        """One sample, by task id and sample index."""
        task_id, index = key
        tasks = tuple(task for task in self.tasks if task.task_id == task_id)
        initial = None if self.initial is None else tuple(p for p in self.initial if p.key == key)
        return replace(self, tasks=tasks, initial=initial, indices=(index,))

    def to_generate(self) -> list[Job]:
        """A job for every sample of every task."""
        code = _prompts_are_code(self.corpus)
        return [
            Job(assignment=self._assignment(task), sample_index=index, code_prompt=task.prompt if code else None)
            for task in self.tasks
            for index in self.indices
        ]

    def to_patch(self, initial: Iterable[Prediction]) -> list[Job]:
        """A job for every sample of the code before refinement."""
        by_id = {task.task_id: self._assignment(task) for task in self.tasks}
        return [Job(assignment=by_id[p.task_id], sample_index=p.sample_index, initial=p) for p in initial]

    def _assignment(self, task: Task) -> Assignment:
        full = getattr(self.corpus, "full_prompt", None)
        prompt = task.prompt if full is None else full(task)
        return Assignment(task_id=task.task_id, prompt=prompt, entry_point=task.entry_point)


def _read(source: str, corpus: Any, tasks: Sequence[Task]) -> list[Prediction]:
    return read_predictions(
        source,
        corpus.tasks(),
        tasks,
        allow_missing=False,
        left_out=getattr(corpus, "left_out", ()),
        prompts_are_code=_prompts_are_code(corpus),
    )


def _prompts_are_code(corpus: Any) -> bool:
    return bool(getattr(corpus, "prompts_are_code", False))
