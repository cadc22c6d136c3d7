"""What is done with each sample of a run: it is scanned, and executed in a sandbox if there are tests for it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.pipeline.options import Options
from pythonsecurityeval.protocols import Scanner
from pythonsecurityeval.sandbox import processes
from pythonsecurityeval.scanners import scan_many
from pythonsecurityeval.types import Execution, Integrity, Prediction, ScanResult, TaskResult, UnitTest

#: What stands between a candidate and its verdict, named with the layers that keep it in.
_VERDICT: Final[Mapping[Integrity, str]] = {
    "split": "verdict in another process",
    "in_process": "tests in one process with the candidate",
}


class Judging:
    """How the samples of one corpus are judged.

    Args:
        corpus: Where tests and references come from.
        options: What to run, and how.

    Attributes:
        runs_code: Whether any code is run at all.
    """

    def __init__(self, corpus: Any, options: Options) -> None:
        self._corpus = corpus
        self._options = options
        self._known: dict[str, tuple[UnitTest, ...]] = {}
        self._tested = getattr(corpus, "tested", True)
        self.runs_code = self._tested and not options.scan_only

    def isolation(self, sandbox: Any) -> dict[str, Any] | None:
        """The ``sandbox`` of ``summary.json``; None if no code is run."""
        if sandbox is None:
            return None
        return {"tier": sandbox.tier, "layers": [*sandbox.layers, _VERDICT[self._corpus.integrity]]}

    @contextlib.contextmanager
    def sandbox(self, todo: Iterable[Prediction]) -> Iterator[Any]:
        """Where samples are executed; None if no code is run.

        Raises:
            IsolationError: This machine cannot isolate them.
        """
        if not self.runs_code:
            yield None
            return
        if sys.platform != "linux":
            raise IsolationError(
                f"untrusted code is run on Linux only, and this is {sys.platform}; "
                "use a Linux machine, or --scan-only, which works anywhere"
            )
        from pythonsecurityeval.sandbox import Limits, SandboxPool, kind_for  # noqa: PLC0415 - Linux only

        limits = Limits(cpu_s=self._options.timeout_s, memory_mb=self._options.memory_mb)
        with SandboxPool(
            tier=self._options.tier,
            jobs=self._options.jobs or processes.cores(),
            python=self._options.python,
            limits=limits,
            kinds={kind_for(prediction.code, self._tests(prediction.task_id)) for prediction in todo},
            reference=self._reference,
        ) as pool:
            yield pool

    def _reference(self, task_id: str) -> str | None:
        """What a task's time is measured by; a corpus may have none."""
        references = self._corpus.references(task_id) if hasattr(self._corpus, "references") else ()
        return next((reference.code for reference in references), None)

    def results(self, todo: list[Prediction], scanner: Scanner, sandbox: Any) -> Iterator[TaskResult]:
        """Results in order of completion; scanning runs ahead of execution by what the scanner buffers."""
        scans: dict[tuple[str, int], ScanResult] = {}

        def scanned() -> Iterator[Prediction]:
            for prediction, scan in zip(todo, scan_many(scanner, (p.code for p in todo)), strict=True):
                scans[prediction.key] = scan
                yield prediction

        executed = self._not_executed(scanned()) if sandbox is None else self._executed(scanned(), sandbox)
        for prediction, execution in executed:
            yield TaskResult(
                task_id=prediction.task_id,
                sample_index=prediction.sample_index,
                code_sha256=prediction.code_sha256,
                extraction=prediction.extraction,
                scan=scans.pop(prediction.key),
                execution=execution,
            )

    def _executed(self, predictions: Iterable[Prediction], sandbox: Any) -> Iterator[tuple[Prediction, Execution]]:
        """Runs what has code and tests; what has not is passed by, in its place."""
        idle: list[tuple[Prediction, Execution]] = []

        def runnable() -> Iterator[tuple[Prediction, Sequence[UnitTest]]]:
            for prediction in predictions:
                tests = self._tests(prediction.task_id)
                if not tests:
                    idle.append((prediction, Execution(functional="no_test", security="no_test")))
                elif not prediction.code:
                    idle.append((prediction, Execution(functional="no_code", security="not_run")))
                else:
                    yield prediction, tests

        for pair in sandbox.execute(runnable()):
            yield pair
            yield from _drain(idle)
        yield from _drain(idle)

    def _not_executed(self, predictions: Iterable[Prediction]) -> Iterator[tuple[Prediction, Execution]]:
        for prediction in predictions:
            if not self._tested:
                yield prediction, Execution(functional="no_test", security="no_test")
            else:
                yield prediction, Execution(functional="not_run" if prediction.code else "no_code", security="not_run")

    def _tests(self, task_id: str) -> tuple[UnitTest, ...]:
        if task_id not in self._known:
            self._known[task_id] = tuple(self._corpus.unit_tests(task_id))
        return self._known[task_id]


def _drain(pairs: list[tuple[Prediction, Execution]]) -> Iterator[tuple[Prediction, Execution]]:
    while pairs:
        yield pairs.pop(0)
