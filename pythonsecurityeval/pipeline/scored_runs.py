"""Scored runs as the tables of the paper need them, read from their folders."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval._codec import decode
from pythonsecurityeval._jsonl import Problems, read_rows
from pythonsecurityeval.errors import DecodeError, UsageError
from pythonsecurityeval.metrics.estimators import bootstrap, mean, wilson
from pythonsecurityeval.pipeline.run_folder import read_json, read_results
from pythonsecurityeval.report.paper_tables import GENERATED, ScoredRun
from pythonsecurityeval.types import Measure, TaskResult

_FROM = ("submission", "model", "initial_sha256")


def read_scored(folder: Path) -> ScoredRun:
    """The run that ``folder`` holds, the ``--out`` of ``pse score``.

    Which submission and model it is stands in its predictions' ``meta``, as ``pse run`` writes it;
    where it does not, the folder's name stands for the submission.

    Raises:
        UsageError: It is not there, is unfinished, or is not what ``pse score`` wrote.
    """
    summary, identity = read_json(folder / "summary.json"), read_json(folder / "run.json")
    origin = _origin(folder / "samples.jsonl")
    method = origin.get("submission") or folder.resolve().name
    try:
        metrics = summary["metrics"]
        if metrics is None:
            raise UsageError(f"{folder}: one shard of a run has no rates; put the shards together with pse merge")
        if (scanner := decode(str, summary["scanner"]["name"])) != "bandit":
            raise UsageError(
                f"{folder}: scanned with {scanner}; the tables are Bandit's, score again without --scanner"
            )
        passing = decode(Measure, metrics["insecure_pass_rate"])
        return ScoredRun(
            corpus=decode(str, summary["corpus"]["name"]),
            model=origin.get("model") or "unknown model",
            method=method,
            digest=decode(str, identity["predictions"]),
            initial=origin.get("initial_sha256"),
            insecure=decode(Measure, metrics["insecure_rate"]),
            passing=_own_passing(folder) if method == GENERATED and passing.value is None else passing,
            secure=decode(Measure, metrics["secure_pass_at_k"].get("1", _NO_ONE)),
        )
    except (KeyError, TypeError, AttributeError, DecodeError) as error:
        raise UsageError(f"{folder}: summary.json is not as pse score writes it ({error}); score again") from None


_NO_ONE = {"value": None, "reason": "k = 1 was not asked for"}


def _origin(path: Path) -> dict[str, str]:
    """What the predictions say of where they come from; nothing, unless all say the same."""
    problems = Problems(str(path))
    origins = {said(row.get("meta") if type(row) is dict else None) for _, row in read_rows(str(path), problems)}
    problems.raise_if_any()
    return dict(next(iter(origins))) if len(origins) == 1 else {}


def said(meta: Any) -> tuple[tuple[str, str], ...]:
    """What the ``meta`` of a prediction says of where it comes from, as ``pse run`` writes it; it may be anything."""
    if type(meta) is not dict:
        return ()
    return tuple((key, meta[key]) for key in _FROM if type(meta.get(key)) is str)


def _own_passing(folder: Path) -> Measure:
    """Of generated code, what is flagged was flagged at first: its pass rate is Table 2's first row."""
    results = read_results(folder / "results.jsonl")
    if any(result.execution.functional == "not_run" for result in results):
        return Measure(value=None, reason="the tests were not run")
    flagged = [r for r in results if r.scan.status == "flagged" and r.execution.functional != "no_test"]
    return _share(flagged, single=len({r.task_id for r in results}) == len(results))


def _share(results: Sequence[TaskResult], *, single: bool) -> Measure:
    works = [result.execution.functional == "passed" for result in results]
    if not results:
        return Measure(value=None, numerator=0, denominator=0, reason="no sample was flagged")
    if single:
        hits = sum(works)
        return Measure(value=hits / len(works), numerator=hits, denominator=len(works), ci95=wilson(hits, len(works)))
    by_task: dict[str, list[bool]] = {}
    for result, passed in zip(results, works, strict=True):
        by_task.setdefault(result.task_id, []).append(passed)
    shares = [mean(passed) for passed in by_task.values()]
    return Measure(value=mean(shares), numerator=sum(works), denominator=len(works), ci95=bootstrap(shares))
