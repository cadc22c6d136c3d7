"""Predictions files: the whole file is checked before anything runs, and every problem is reported."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pythonsecurityeval import _registry
from pythonsecurityeval._codec import decode
from pythonsecurityeval._extract import extract
from pythonsecurityeval._jsonl import Problems, read_rows
from pythonsecurityeval.errors import DecodeError, UsageError
from pythonsecurityeval.types import Extraction, Prediction, Task

_KEYS = ("task_id", "completion", "solution", "sample_index", "meta")
_NAMED_MISSING = 5


def read_predictions(
    source: str,
    tasks: Sequence[Task],
    selected: Sequence[Task],
    *,
    allow_missing: bool,
    left_out: Collection[str] = (),
    prompts_are_code: bool = False,
) -> list[Prediction]:
    """Predictions for the selected tasks, in the order of the file; then one *missing* sample for each without any.

    Args:
        source: Path of a JSON-lines file (plain or ``.gz``), or ``-`` for standard input.
        tasks: The whole corpus; ids outside it are problems.
        selected: The tasks that are scored; rows of others are checked and left out.
        allow_missing: Whether selected tasks may have no prediction.
        left_out: Ids that the corpus, being a part of another, leaves out; their rows are passed over.
        prompts_are_code: Whether a completion may go on with its task's prompt.

    Raises:
        InputProblems: Everything that is wrong with the file.
        UsageError: The file cannot be read at all.
    """
    problems = Problems(source)
    reader = _Reader({task.task_id: task for task in tasks}, problems, prompts_are_code=prompts_are_code)
    is_empty = True
    for line, row in read_rows(source, problems):
        is_empty = False
        if _task_id(row) not in left_out:
            reader.take(line, row)
    chosen = {task.task_id for task in selected}
    missing = [task.task_id for task in selected if task.task_id not in reader.samples_of]
    if is_empty and not problems.listed:
        problems.add(0, "holds no predictions; every line is one JSON object with task_id and completion or solution")
    elif missing and not allow_missing:
        problems.add(0, _say_missing(missing))
    problems.raise_if_any()
    return [p for p in reader.predictions if p.task_id in chosen] + [_missing(task_id) for task_id in missing]


def check_pairs(predictions: Iterable[Prediction], initial: Iterable[Prediction], source: str) -> None:
    """That every prediction has its code before refinement.

    Raises:
        UsageError: One has none.
    """
    missing = sorted({p.key for p in predictions} - {p.key for p in initial})
    if missing:
        task_id, index = missing[0]
        raise UsageError(
            f"{source}: {len(missing)} samples have no initial code, the first is sample {index} of {task_id}; "
            "give every prediction its counterpart"
        )


def digest(predictions: Iterable[Prediction]) -> str:
    """Hex SHA-256 of what is judged: every sample's task, index, rule and code, in any order."""
    rows = sorted(f"{p.task_id} {p.sample_index} {p.extraction} {p.code_sha256}" for p in predictions)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def _task_id(row: Any) -> str:
    """The task that a row names; none if it is not even of the right form."""
    task_id = row.get("task_id") if type(row) is dict else None
    return task_id if type(task_id) is str else ""


def _say_missing(missing: list[str]) -> str:
    named = ", ".join(missing[:_NAMED_MISSING]) + (", …" if len(missing) > _NAMED_MISSING else "")
    tasks = "1 task has" if len(missing) == 1 else f"{len(missing)} tasks have"
    return f"{tasks} no prediction ({named}); add them, or count them as failed with --allow-missing"


def _missing(task_id: str) -> Prediction:
    return Prediction(task_id=task_id, sample_index=0, code="", extraction=Extraction.MISSING)


class _Reader:
    """Turns rows into predictions, one at a time."""

    def __init__(self, tasks: Mapping[str, Task], problems: Problems, *, prompts_are_code: bool) -> None:
        self._tasks = tasks
        self._prompts_are_code = prompts_are_code
        self._problems = problems
        self._line_of: dict[tuple[str, int], int] = {}
        self.samples_of: Counter[str] = Counter()
        self.predictions: list[Prediction] = []

    def take(self, line: int, row: Any) -> None:
        try:
            prediction = self._prediction(row)
        except DecodeError as error:
            self._problems.add(line, error.message, error.path)
            return
        self.samples_of[prediction.task_id] += 1
        first = self._line_of.setdefault(prediction.key, line)
        if first != line:
            text = f"sample {prediction.sample_index} of {prediction.task_id} stands on line {first} already; keep one"
            self._problems.add(line, text)
            return
        self.predictions.append(prediction)

    def _prediction(self, row: Any) -> Prediction:
        if type(row) is not dict:
            raise DecodeError("$", "expected an object with task_id and completion or solution")
        if unknown := [key for key in row if key not in _KEYS]:
            raise DecodeError("$", f"unknown key {unknown[0]!r}; put anything of your own under meta")
        task = self._task(row)
        code, extraction, raw = _code(row, task, task.prompt if self._prompts_are_code else None)
        return Prediction(
            task_id=task.task_id,
            sample_index=self._index(row, task.task_id),
            code=code,
            extraction=extraction,
            raw=raw,
            meta=decode(dict, row.get("meta", {}), "$.meta"),
        )

    def _task(self, row: dict[str, Any]) -> Task:
        if "task_id" not in row:
            raise DecodeError("$", "missing key 'task_id'")
        task_id = decode(str, row["task_id"], "$.task_id")
        if task_id not in self._tasks:
            raise DecodeError("$.task_id", f"unknown task {task_id!r:.80}; {_registry.nearest(task_id, self._tasks)}")
        return self._tasks[task_id]

    def _index(self, row: dict[str, Any], task_id: str) -> int:
        if "sample_index" not in row:
            return self.samples_of[task_id]
        index = decode(int, row["sample_index"], "$.sample_index")
        if index < 0:
            raise DecodeError("$.sample_index", f"expected 0 or more, found {index}")
        return index


def _code(row: dict[str, Any], task: Task, code_prompt: str | None) -> tuple[str, Extraction, str]:
    """The code of a row, the rule that found it, and the raw text."""
    given = [key for key in ("completion", "solution") if key in row]
    if len(given) != 1:
        raise DecodeError("$", "expected exactly one of completion (raw model text) and solution (code)")
    text = decode(str, row[given[0]], f"$.{given[0]}")
    if given == ["solution"]:
        return (text, Extraction.SOLUTION, "") if text.strip() else ("", Extraction.NO_CODE, text)
    return *extract(text, task.entry_point, code_prompt), text
