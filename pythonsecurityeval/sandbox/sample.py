"""Runs one sample: functional tests first, then attacks on what works, with one of the former among them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from pythonsecurityeval.sandbox.channel import Gone
from pythonsecurityeval.sandbox.claims import Meter
from pythonsecurityeval.sandbox.control import Control, Step, steps_of
from pythonsecurityeval.sandbox.imports import kind_for
from pythonsecurityeval.sandbox.policy import Kind
from pythonsecurityeval.sandbox.worker import Worker
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    FunctionalStatus,
    Outcome,
    Prediction,
    SecurityStatus,
    UnitTest,
    functional_status,
    security_status,
)

_NOTHING_TO_RUN = frozenset({Extraction.NO_CODE, Extraction.MISSING})


def run_sample(
    worker: Worker, prediction: Prediction, tests: Sequence[UnitTest], *, lost_is_tampering: bool = False
) -> Execution:
    """Execute one sample.

    Args:
        worker: Who runs it.
        prediction: The sample.
        tests: Its task's test files.
        lost_is_tampering: Grade a suite that cost us the judge or the fork-server, instead of raising.

    Raises:
        Gone: The judge or a fork-server was lost.
        InfrastructureError: A suite or this machine is at fault.
    """
    suites = {test.suite: test for test in tests}
    functional, security = suites.get("functional"), suites.get("security")
    attacked: SecurityStatus = "not_run" if security else "no_test"
    if prediction.extraction in _NOTHING_TO_RUN:
        return Execution(functional="no_code", security=attacked)
    if functional is None:
        return Execution(functional="no_test", security=attacked)
    kind = kind_for(prediction.code, tests)
    worker.warm(kind)
    meter = Meter()
    run = partial(
        _tampering if lost_is_tampering else _plain,
        worker, code=prediction.code, kind=kind, meter=meter,
    )  # fmt: skip
    results = run(functional, steps_of(functional, worker.cases(functional)))
    if not results:  # a file that holds no test, or is none
        return Execution(functional="no_test", security=attacked)
    status: FunctionalStatus = functional_status(results)
    attacks: tuple[CaseResult, ...] = ()
    if security and status == "passed":
        attacks = _attacked(run, worker, functional, security, prediction.code)
        attacked = security_status(attacks)
    return Execution(
        functional=status,
        functional_tests=results,
        security=attacked,
        security_tests=attacks,
        usage=meter.usage(),
    )


def all_passed(execution: Execution) -> bool:
    """Whether no test that ran ended otherwise than passed."""
    tests = (*execution.functional_tests, *execution.security_tests)
    return all(t.outcome is Outcome.PASSED for t in tests)


def _attacked(
    run: Callable[[UnitTest, list[Step]], tuple[CaseResult, ...]],
    worker: Worker,
    functional: UnitTest,
    security: UnitTest,
    code: str,
) -> tuple[CaseResult, ...]:
    steps = steps_of(security, worker.cases(security))
    control = Control.of(code, functional, worker.cases(functional), len(steps))
    return control.judge(run(security, control.among(steps)))


def _plain(
    worker: Worker, test: UnitTest, steps: list[Step], *, code: str, kind: Kind, meter: Meter
) -> tuple[CaseResult, ...]:
    return worker.run(steps, code, meter, kind, to_the_end=test.suite == "security")


def _tampering(
    worker: Worker, test: UnitTest, steps: list[Step], *, code: str, kind: Kind, meter: Meter
) -> tuple[CaseResult, ...]:
    try:
        return _plain(worker, test, steps, code=code, kind=kind, meter=meter)
    except Gone:
        worker.replace()
        worker.doubtful += 1  # a machine short of memory kills judges too
        message = "the process that judges was lost twice"
        return tuple(worker.cases(test)[index].ended(Outcome.TAMPERED, message) for test, index in steps)
