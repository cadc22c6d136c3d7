"""Local mode as a sandbox that isolates nothing: for authors, who run their own references."""

from __future__ import annotations

import contextlib
import importlib
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from pythonsecurityeval.corpora._task_format import LIBRARIES
from pythonsecurityeval.errors import InfrastructureError
from pythonsecurityeval.gates import labelled
from pythonsecurityeval.gates.validation import OpenSandbox
from pythonsecurityeval.protocols import Sandbox
from pythonsecurityeval.testkit.judge.values import KitFault
from pythonsecurityeval.testkit.local import run_local
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Prediction,
    SecurityStatus,
    UnitTest,
    Usage,
    functional_status,
    security_status,
)

_SECONDS = 4.0
"""Wall time of a test in local mode; a mutant may never end."""


def local() -> OpenSandbox:
    """Opens local mode: the same tests without a sandbox, for code that one has written oneself."""

    def open_local(tier: str, hash_seed: int, *, patient: bool = True) -> AbstractContextManager[Sandbox]:
        del tier, hash_seed, patient  # nothing is isolated, and every test has the same time
        return nullcontext(LocalMode())

    return open_local


class LocalMode:
    """Runs samples one after another in local mode."""

    def execute(
        self, samples: Iterable[tuple[Prediction, Sequence[UnitTest]]]
    ) -> Iterator[tuple[Prediction, Execution]]:
        """Executions in order.

        Raises:
            InfrastructureError: A test file does not load, or the kit is at fault.
        """
        for prediction, tests in samples:
            _preload(prediction.code)
            try:
                execution = _executed(prediction.code, {test.suite: test.source for test in tests})
            except KitFault as error:
                raise InfrastructureError(f"{prediction.task_id}: {error}") from error
            yield prediction, execution


def _preload(code: str) -> None:
    """Imports the libraries of a solution here, once, instead of in each process that is forked for it."""
    try:
        modules = set(labelled.imported(code))
    except (SyntaxError, ValueError):
        return
    for module in sorted(module for module in modules if module.partition(".")[0] in LIBRARIES):
        with contextlib.suppress(ImportError):  # then it is the solution's fault, and its test says so
            importlib.import_module(module)


def _executed(code: str, tests: dict[str, str]) -> Execution:
    start = time.perf_counter()
    functional = tuple(run_local(tests["functional"], code, seconds=_SECONDS))
    status = functional_status(functional)
    security: tuple[CaseResult, ...] = ()
    verdict: SecurityStatus = "not_run" if status != "passed" else "no_test"
    if status == "passed" and "security" in tests:
        security = tuple(run_local(tests["security"], code, seconds=_SECONDS))
        verdict = security_status(security)
    return Execution(
        functional=status,
        functional_tests=functional,
        security=verdict,
        security_tests=security,
        usage=Usage(wall_s=time.perf_counter() - start),
    )
