"""`score`: predictions in, verdicts and numbers out."""

from __future__ import annotations

import contextlib
import os
import platform
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pythonsecurityeval import __version__, _registry
from pythonsecurityeval._codec import result_row
from pythonsecurityeval.pipeline import environment
from pythonsecurityeval.pipeline.judging import Judging
from pythonsecurityeval.pipeline.options import Options
from pythonsecurityeval.pipeline.predictions import check_pairs, digest, read_predictions
from pythonsecurityeval.pipeline.run_folder import RunFolder
from pythonsecurityeval.pipeline.summary import summarise
from pythonsecurityeval.protocols import Scanner
from pythonsecurityeval.scanners import open_scanner, scan_many
from pythonsecurityeval.types import Prediction, Task, TaskResult

if TYPE_CHECKING:
    import pandas as pd

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run found: ``summary`` as in ``summary.json``, and a result for each sample, sorted."""

    summary: Mapping[str, Any]
    results: tuple[TaskResult, ...]

    def to_pandas(self) -> pd.DataFrame:
        """One row a sample, with the columns of ``results.jsonl``, nested ones flattened with dots."""
        import pandas as pd  # noqa: PLC0415 - half a second that only this method needs

        return pd.json_normalize([result_row(result) for result in self.results], max_level=1)


def score(
    predictions: str | os.PathLike[str],
    corpus: str = "pythonsecurityeval",
    *,
    corpus_path: str | os.PathLike[str] | None = None,
    initial: str | os.PathLike[str] | None = None,
    out: str | os.PathLike[str] | None = None,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Report:
    """Scores a predictions file.

    Args:
        predictions: Path of a JSON-lines file (contract, *Predictions*), or ``-``.
        corpus: Name of a corpus.
        corpus_path: Where the corpus lies: a folder of tasks in our format, or a published corpus' file or folder.
        initial: The code before refinement, in the same form, paired by task and sample index.
        out: Folder for the results; without it nothing is kept on disk.
        options: See `Options`.
        progress: Called with the samples done and all samples, after each.

    Raises:
        UsageError: Bad input or options; nothing has run.
        InfrastructureError: This machine cannot isolate the code, or failed; results so far are in ``out``.
    """
    run = _Run.prepare(predictions, corpus, corpus_path, initial, options or Options())
    with contextlib.ExitStack() as stack:
        if out is None:
            out = stack.enter_context(tempfile.TemporaryDirectory(prefix="pse-run-"))
        return run.execute(Path(out), progress or (lambda _done, _all: None))


def load_corpus(name: str, path: str | os.PathLike[str] | None = None) -> Any:
    """The corpus of a name, or the one in a folder."""
    factory = _registry.load("corpora", name)
    return factory() if path is None else factory(Path(path))


class _Run:
    """One run, prepared: everything is checked, nothing has run."""

    def __init__(
        self,
        corpus: Any,
        tasks: Sequence[Task],
        predictions: list[Prediction],
        initial: list[Prediction] | None,
        options: Options,
    ) -> None:
        self.corpus = corpus
        self.tasks = tasks
        self.initial = initial
        self.options = options
        self.predictions = options.part(predictions)
        self.digest = digest(predictions)  # of the whole file: shards of one run have it in common
        self.judging = Judging(corpus, options)

    @classmethod
    def prepare(
        cls,
        source: str | os.PathLike[str],
        corpus_name: str,
        corpus_path: str | os.PathLike[str] | None,
        initial_source: str | os.PathLike[str] | None,
        options: Options,
    ) -> _Run:
        corpus = load_corpus(corpus_name, corpus_path)
        tasks = options.select(corpus.tasks())

        def read(path: str | os.PathLike[str]) -> list[Prediction]:
            return read_predictions(
                os.fspath(path),
                corpus.tasks(),
                tasks,
                allow_missing=options.allow_missing,
                left_out=getattr(corpus, "left_out", ()),
                prompts_are_code=getattr(corpus, "prompts_are_code", False),
            )

        predictions = read(source)
        initial = None if initial_source is None else read(initial_source)
        if initial is not None:
            check_pairs(predictions, initial, os.fspath(initial_source or ""))
        return cls(corpus, tasks, predictions, initial, options)

    def identity(self) -> dict[str, Any]:
        """What makes two runs the same run."""
        options = self.options
        return {
            "version": __version__,
            "corpus": _corpus_row(self.corpus),
            "predictions": self.digest,
            "tasks": [task.task_id for task in self.tasks],
            "shard": list(options.shard),
            "scanner": options.scanner,
            "scan_only": options.scan_only,
            "timeout_s": options.timeout_s,
            "memory_mb": options.memory_mb,
        }

    def execute(self, out: Path, progress: Progress) -> Report:
        started = time.monotonic()
        python = environment.check(self.options.python) if self.judging.runs_code else platform.python_version()
        folder, done = self._folder(out)
        with contextlib.closing(folder), open_scanner(self.options.scanner) as scanner:
            todo = [prediction for prediction in self.predictions if prediction.key not in done]
            progress(len(done), len(self.predictions))
            with self.judging.sandbox(todo) as sandbox:
                for number, result in enumerate(self.judging.results(todo, scanner, sandbox), start=len(done) + 1):
                    folder.append(result)
                    progress(number, len(self.predictions))
                isolation = self.judging.isolation(sandbox)
            ordered = folder.results(self.predictions)
            summary = self._summary(ordered, scanner) | {
                "sandbox": isolation,
                "environment": {"python": python, "platform": platform.platform(), "jobs": self.options.jobs},
                "timing": {"wall_s": round(time.monotonic() - started, 3), "resumed": len(done)},
            }
            folder.finish(summary, ordered)
        return Report(summary=summary, results=ordered)

    def _folder(self, out: Path) -> tuple[RunFolder, set[tuple[str, int]]]:
        """The run's folder, and the keys of the samples that it has results of."""
        if self.options.resume:
            folder, done = RunFolder.take_up(out, self.identity(), self.predictions)
            return folder, {result.key for result in done}
        return RunFolder.create(out, self.identity(), self.predictions, overwrite=self.options.overwrite), set()

    def _summary(self, results: Sequence[TaskResult], scanner: Scanner) -> dict[str, Any]:
        scans = None
        if self.initial is not None:
            scans = dict(
                zip([p.key for p in self.initial], scan_many(scanner, (p.code for p in self.initial)), strict=True)
            )
        return summarise(
            results,
            self.tasks,
            corpus=_corpus_row(self.corpus),
            scanner={"name": scanner.name, "version": scanner.version, "rules_sha256": scanner.rules_sha256},
            initial=scans,
            ks=self.options.ks,
            shard=self.options.shard,
        )


def _corpus_row(corpus: Any) -> dict[str, Any]:
    return {
        "name": corpus.name,
        "version": corpus.version,
        "sha256": corpus.sha256,
        "tasks": len(corpus.tasks()),
        "integrity": corpus.integrity,
    }
