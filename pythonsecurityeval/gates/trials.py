"""Running references, stubs and mutants against a task's tests."""

from __future__ import annotations

import collections
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pythonsecurityeval.errors import InfrastructureError, IsolationError
from pythonsecurityeval.gates import mutants, stubs, suites
from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.protocols import Sandbox
from pythonsecurityeval.types import Execution, Extraction, Prediction, UnitTest

_FAULTS_IN_A_ROW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One solution to run.

    Attributes:
        task_id: The task.
        label: The reference's file, the stub's name, or the mutant's label.
        code: The solution.
        tests: What it is run against.
    """

    task_id: str
    label: str
    code: str
    tests: tuple[UnitTest, ...]


Result = Execution | str
"""What came of a trial; a text says why the test kit could not judge it."""


def of_references(material: Material, seed: int | None = None) -> list[Trial]:
    """The references against the tests; with a seed, against the same tests in another order."""
    tests = material.unit_tests
    if seed is not None:
        shuffled = (suites.shuffled(test.source, seed) for test in tests)
        tests = tuple(
            UnitTest(task_id=test.task_id, suite=test.suite, source=source)
            for test, source in zip(tests, shuffled, strict=True)
        )
    return [_trial(material, file, code, tests) for file, code in material.references.items()]


def of_stubs(material: Material) -> list[Trial]:
    """The stubs against the functional tests."""
    tests = tuple(test for test in material.unit_tests if test.suite == "functional")
    return [_trial(material, label, code, tests) for label, code in stubs.stubs(material.task.signature).items()]


def of_mutants(material: Material) -> list[Trial]:
    """The mutants of ``secure.py`` against all tests."""
    found = mutants.mutants(material.references.get("secure.py", ""), material.task_id)
    times = collections.Counter[str]()
    trials = []
    for mutant in found:
        times[mutant.label] += 1  # the same change can be made twice in one line
        label = mutant.label if times[mutant.label] == 1 else f"{mutant.label} ({times[mutant.label]})"
        trials.append(_trial(material, label, mutant.code, material.unit_tests))
    return trials


def run(sandbox: Sandbox, trials: Sequence[Trial]) -> list[Result]:
    """Results in the order of the trials.

    Where the test kit gives up on a task, the others are run all the same, and
    the trials of that task get the reason.

    Raises:
        InfrastructureError: The machine fails, not just one task's tests.
    """
    results: dict[int, Result] = {}
    try:
        _collect(sandbox, trials, range(len(trials)), results)
    except IsolationError:
        raise
    except InfrastructureError:
        _one_task_after_another(sandbox, trials, results)
    return [results[place] for place in range(len(trials))]


def _one_task_after_another(sandbox: Sandbox, trials: Sequence[Trial], results: dict[int, Result]) -> None:
    left = [place for place in range(len(trials)) if place not in results]
    faults = 0
    for _, group in itertools.groupby(left, key=lambda place: trials[place].task_id):
        places = list(group)
        try:
            _collect(sandbox, trials, places, results)
            faults = 0
        except InfrastructureError as error:
            faults += 1
            if faults == _FAULTS_IN_A_ROW:
                raise
            results.update({place: str(error) for place in places if place not in results})


def _collect(sandbox: Sandbox, trials: Sequence[Trial], places: Iterable[int], results: dict[int, Result]) -> None:
    samples = ((_prediction(place, trials[place]), trials[place].tests) for place in places)
    for prediction, execution in sandbox.execute(samples):
        results[prediction.sample_index] = execution


def _prediction(place: int, trial: Trial) -> Prediction:
    return Prediction(task_id=trial.task_id, sample_index=place, code=trial.code, extraction=Extraction.SOLUTION)


def _trial(material: Material, label: str, code: str, tests: tuple[UnitTest, ...]) -> Trial:
    return Trial(task_id=material.task_id, label=label, code=code, tests=tests)
