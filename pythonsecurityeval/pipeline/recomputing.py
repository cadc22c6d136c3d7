"""A whole scored run, computed again from its folder: what may be told to others as a result of the corpus."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from pythonsecurityeval._codec import decode
from pythonsecurityeval.corpora.pythonsecurityeval import PythonSecurityEval, full
from pythonsecurityeval.errors import DecodeError, UsageError, printable
from pythonsecurityeval.pipeline.predictions import check_pairs, digest, read_predictions
from pythonsecurityeval.pipeline.run_folder import read_identity, read_json, read_results, read_samples
from pythonsecurityeval.pipeline.scored_runs import said
from pythonsecurityeval.scanners import open_scanner, scan_many
from pythonsecurityeval.types import Extraction, Measure, Prediction, ScanResult, TaskResult

Key = tuple[str, int]
_LONGEST_NAME = 80


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class WholeRun:
    """A run over the whole corpus.

    Attributes:
        measures: By name (`metrics.named`), from ``results.jsonl`` alone; without a value where the run has none.
        method: The submission, as the predictions say; empty where they do not.
        model: The model, likewise.
        samples: Samples, over all tasks.
        tasks: Tasks of the corpus.
        version: Version of the corpus.
        sha256: Hash of all its files.
        scored_by: The package, the scanner and the interpreter with their versions, and the limits.
        doubtful: More than 1 % of what was attacked is undetermined.
    """

    measures: Mapping[str, Measure]
    method: str
    model: str
    samples: int
    tasks: int
    version: str
    sha256: str
    scored_by: str
    doubtful: bool

    @property
    def notes(self) -> str:
        """What all measures rest on, in one line; names are others' and are kept short and printable."""
        each = self.samples / self.tasks
        said = {
            f"model {self.model[:_LONGEST_NAME]}": self.model,
            f"method {self.method[:_LONGEST_NAME]}": self.method,
            f"{each:g} {'sample' if each == 1 else 'samples'} a task": True,
            self.scored_by: True,
            f"corpus {self.version}, sha256:{self.sha256}": True,
            "more than 1 % of what was attacked is undetermined": self.doubtful,
        }
        return printable("; ".join(text for text, present in said.items() if present))


def recompute(folder: Path, initial: Path | None = None) -> WholeRun:
    """Computes the metrics of the run that ``folder`` holds, the ``--out`` of ``pse score``, from its results.

    Args:
        folder: The run.
        initial: The code before refinement; without it what compares with it has no value.

    Raises:
        UsageError: It is no finished run over the whole of the installed corpus, with every test run and an
            answer to every task; or its files contradict each other.
    """
    corpus = full()
    identity = read_identity(folder / "run.json")
    _check_asked(folder, identity, corpus)
    if not (folder / "summary.json").exists():
        raise UsageError(f"{folder}: the run is not finished; go on with pse score --resume")
    summary = read_json(folder / "summary.json")
    samples = read_samples(folder / "samples.jsonl")
    results = read_results(folder / "results.jsonl", {sample.key: sample for sample in samples})
    _check_done(folder, identity, corpus, samples, results)
    origin = _origin(folder, samples)
    try:
        scanner = decode(dict, summary["scanner"])
        scored_by = _scored_by(identity, scanner, decode(str, summary["environment"]["python"]))
    except (KeyError, TypeError, DecodeError) as error:
        raise UsageError(f"{folder}: summary.json is not as pse score writes it ({error}); score again") from None
    scans = None if initial is None else _scans(initial, samples, origin.get("initial_sha256"), scanner, corpus)
    return _whole_run(corpus, results, scans, origin, scored_by)


def _whole_run(
    corpus: PythonSecurityEval,
    results: Sequence[TaskResult],
    scans: Mapping[Key, ScanResult] | None,
    origin: Mapping[str, str],
    scored_by: str,
) -> WholeRun:
    from pythonsecurityeval.metrics.named import KS, named  # noqa: PLC0415 - numpy waits until all is read
    from pythonsecurityeval.metrics.summary import metrics  # noqa: PLC0415 - as above

    found = metrics(results, corpus.tasks(), initial=scans, ks=KS)
    return WholeRun(
        measures=named(found),
        method=origin.get("submission", ""),
        model=origin.get("model", ""),
        samples=len(results),
        tasks=len(corpus.tasks()),
        version=corpus.version,
        sha256=corpus.sha256,
        scored_by=scored_by,
        doubtful=found["undetermined_above_1_percent"],
    )


def _check_asked(folder: Path, identity: Mapping[str, Any], corpus: PythonSecurityEval) -> None:
    """That the run was to be over the whole corpus, with all its tests, in processes of their own."""
    scored, tasks = identity["corpus"], {task.task_id for task in corpus.tasks()}
    asked = len(tasks & set(identity["tasks"]))
    part, parts = identity["shard"]
    problems = {
        f"scored on {scored['name']!r}; only runs over the whole of {corpus.name!r} are its results": (
            scored["name"] != corpus.name
        ),
        "its tasks or tests are not those that are installed (sha256 differs); score on these": (
            scored["sha256"] != corpus.sha256
        ),
        f"scored on {asked} of {len(tasks)} tasks; score again without --tasks and --limit": asked < len(tasks),
        f"shard {part} of {parts}; put the shards together with pse merge": parts > 1,
        f"scanned with {identity['scanner']}; the metrics are Bandit's, score again without --scanner": (
            identity["scanner"] != "bandit"
        ),
        "nothing was run (--scan-only); score again without it": identity["scan_only"],
        "its tests ran beside the candidates, who could have forged them": scored.get("integrity") != corpus.integrity,
    }
    for problem, present in problems.items():
        if present:
            raise UsageError(f"{folder}: {problem}")


def _check_done(
    folder: Path,
    identity: Mapping[str, Any],
    corpus: PythonSecurityEval,
    samples: Sequence[Prediction],
    results: Sequence[TaskResult],
) -> None:
    """That there is an answer to every task, and a verdict on each from tests that ran."""
    others = {task.task_id for task in corpus.tasks()} ^ {sample.task_id for sample in samples}
    missing = [sample.task_id for sample in samples if sample.extraction is Extraction.MISSING]
    unjudged = [result for result in results if result.execution.functional in {"not_run", "no_test"}]
    problems = {
        "the samples are not those that were scored; score again": (
            digest(samples) != identity["predictions"] or others
        ),
        f"{len(missing)} tasks have no prediction (--allow-missing), the first is {', '.join(missing[:1])}": missing,
        f"{len(results)} of {len(samples)} samples are done; go on with pse score --resume": (
            len(results) < len(samples)
        ),
        f"{len(unjudged)} samples have no verdict, the first of {', '.join(r.task_id for r in unjudged[:1])}": unjudged,
    }
    for problem, present in problems.items():
        if present:
            raise UsageError(f"{folder}: {problem}")


def _origin(folder: Path, samples: Sequence[Prediction]) -> dict[str, str]:
    """Where the answers come from, as they say themselves."""
    origins = {said(sample.meta) for sample in samples}
    if len(origins) > 1:
        raise UsageError(f"{folder}: its predictions come from {len(origins)} systems (meta); score each on its own")
    return dict(next(iter(origins)))


def _scored_by(identity: Mapping[str, Any], scanner: Mapping[str, Any], python: str) -> str:
    return (
        f"pythonsecurityeval {identity['version']}, {scanner['name']} {scanner['version']}, Python {python}, "
        f"limits {identity['timeout_s']:g} s and {identity['memory_mb']} MB"
    )


def _scans(
    initial: Path,
    samples: Sequence[Prediction],
    expected: str | None,
    scanner: Mapping[str, Any],
    corpus: PythonSecurityEval,
) -> dict[Key, ScanResult]:
    """Scans of the code before refinement."""
    before = read_predictions(str(initial), corpus.tasks(), corpus.tasks(), allow_missing=False)
    check_pairs(samples, before, str(initial))
    if expected not in {None, digest(before)}:
        raise UsageError(f"{initial}: is not the code that the predictions say they started from (initial_sha256)")
    with open_scanner() as bandit:
        if bandit.rules_sha256 != scanner.get("rules_sha256"):
            raise UsageError(f"{initial}: this Bandit has other rules than that of the run; score again")
        return dict(zip([p.key for p in before], scan_many(bandit, (p.code for p in before)), strict=True))
