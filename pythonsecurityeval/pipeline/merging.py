"""`merge`: the shards of one run, put together."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.pipeline.predictions import digest
from pythonsecurityeval.pipeline.run_folder import RunFolder, read_identity, read_json, read_results, read_samples
from pythonsecurityeval.pipeline.scoring import Report, load_corpus
from pythonsecurityeval.pipeline.summary import summarise
from pythonsecurityeval.types import Prediction, TaskResult

_NAMED = 20  # missing shards


def merge(
    folders: Sequence[Path],
    out: Path,
    *,
    corpus_path: Path | None = None,
    ks: tuple[int, ...] = (1,),
    overwrite: bool = False,
) -> Report:
    """Puts the shards of one run together, as if it had been scored in one go.

    Args:
        folders: The ``--out`` folders of all shards, in any order.
        out: Folder of the whole run.
        corpus_path: The folder of tasks that the shards were scored on, if it was not the corpus' own.
        ks: The k of pass@k.
        overwrite: Replace a run that ``out`` holds.

    Raises:
        UsageError: Shards are missing, twice there, unfinished, or of different runs.
    """
    runs = {folder: read_identity(folder / "run.json") for folder in folders}
    _check_complete(runs)
    identity = next(iter(runs.values())) | {"shard": [1, 1]}
    corpus = load_corpus(identity["corpus"]["name"], corpus_path)
    if corpus.sha256 != identity["corpus"]["sha256"]:
        raise UsageError(f"{folders[0]}: scored on another version of the corpus; score again, or give --corpus-path")
    samples, results = [], []
    for folder in sorted(runs, key=lambda folder: runs[folder]["shard"]):
        part = read_samples(folder / "samples.jsonl")
        samples += part
        results += _finished(folder, part)
    if digest(samples) != identity["predictions"]:
        raise UsageError("the samples of these folders are not those of the predictions file; score its shards again")
    first = _first_summary(folders[0])
    return _write(out, identity, samples, sorted(results, key=lambda r: r.key), corpus, first, ks, overwrite=overwrite)


def _check_complete(runs: dict[Path, dict[str, Any]]) -> None:
    first, one = next(iter(runs.items()))
    for folder, run in runs.items():
        differing = sorted(key for key in one.keys() | run.keys() if key != "shard" and one.get(key) != run.get(key))
        if differing:
            raise UsageError(f"{folder}: not of the same run as {first} ({', '.join(differing)} differ)")
    parts = one["shard"][1]
    found = {run["shard"][0] for run in runs.values()}
    if len(found) < len(runs):
        raise UsageError("a shard is given twice; give each shard's folder once")
    absent = list(itertools.islice((part for part in range(1, parts + 1) if part not in found), _NAMED))
    if absent:
        raise UsageError(f"shards {', '.join(map(str, absent))} of {parts} are missing; give each shard's folder once")


def _first_summary(folder: Path) -> dict[str, Any]:
    summary = read_json(folder / "summary.json")
    if not {"scanner", "sandbox", "environment"} <= summary.keys():
        raise UsageError(f"{folder / 'summary.json'}: not the summary of a run; finish it with --resume")
    return summary


def _finished(folder: Path, samples: Sequence[Prediction]) -> list[TaskResult]:
    results = read_results(folder / "results.jsonl", {sample.key: sample for sample in samples})
    if len(results) < len(samples):
        raise UsageError(f"{folder}: {len(results)} of {len(samples)} samples are done; finish it with --resume")
    return results


def _write(
    out: Path,
    identity: dict[str, Any],
    samples: Sequence[Prediction],
    results: Sequence[TaskResult],
    corpus: Any,
    first: dict[str, Any],
    ks: tuple[int, ...],
    *,
    overwrite: bool,
) -> Report:
    chosen = set(identity["tasks"])
    tasks = [task for task in corpus.tasks() if task.task_id in chosen]
    summary = summarise(results, tasks, corpus=identity["corpus"], scanner=first["scanner"], initial=None, ks=ks)
    summary |= {"sandbox": first["sandbox"], "environment": first["environment"], "timing": {"merged": len(results)}}
    folder = RunFolder.create(out, identity, samples, overwrite=overwrite)
    try:
        for result in results:
            folder.append(result)
        folder.finish(summary, results)
    finally:
        folder.close()
    return Report(summary=summary, results=tuple(results))
