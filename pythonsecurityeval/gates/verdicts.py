"""What the runs say: G1 sound, G3 exploitable, G4 discriminating, G6 hermetic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pythonsecurityeval.gates import suites
from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.gates.matrix import Failure, Mutation
from pythonsecurityeval.gates.trials import Result
from pythonsecurityeval.types import CaseResult, Execution, Outcome, Weakness

LEAST_KILLED = 0.8
SLOWEST_S = 1.0
STALLED_S = 3.0
_EXHAUSTED = {Outcome.TIMEOUT, Outcome.OUT_OF_MEMORY}

Runs = Mapping[str, Result]
"""Results of one run by reference file."""


def sound(material: Material, runs: Runs) -> Iterator[Failure]:
    """G1: the secure references pass functional and withstand security, and every declared test ran."""
    for file in material.secure:
        result = runs[file]
        if isinstance(result, str):
            yield _failure("G1", material, file, result)
            continue
        yield from _not_passed("G1", material, file, (*result.functional_tests, *result.security_tests))
        yield from _not_run(material, file, result)


def exploitable(material: Material, runs: Runs) -> Iterator[Failure]:
    """G3: each insecure reference works, and an attack on each of its weaknesses succeeds."""
    for file in material.insecure:
        result = runs[file]
        if isinstance(result, str):
            yield _failure("G3", material, file, result)
        elif result.functional != "passed":
            failures = list(_not_passed("G3", material, file, result.functional_tests))
            yield from failures or [_failure("G3", material, file, f"functional is {result.functional}")]
        elif material.task.stratum == "exploitable":
            weaknesses = (weakness for weakness in material.task.weakness if weakness.file == file)
            yield from (failure for weakness in weaknesses for failure in _unbroken(material, weakness, result))


def _unbroken(material: Material, weakness: Weakness, result: Execution) -> Iterator[Failure]:
    attacks = [test for test in result.security_tests if test.cwe == weakness.cwe]
    if any(test.outcome is Outcome.FAILED or (test.resource and test.outcome in _EXHAUSTED) for test in attacks):
        return
    ends = ", ".join(f"{test.name} {test.outcome}" + (f" ({test.message})" if test.message else "") for test in attacks)
    reason = f"no security test of {weakness.cwe} fails on it: {ends or 'there is none'}"
    yield _failure("G3", material, weakness.file, reason)


def stubs_die(material: Material, results: Mapping[str, Result]) -> Iterator[Failure]:
    """G4: no stub passes the functional tests."""
    for label, result in results.items():
        if isinstance(result, str):
            yield _failure("G4", material, f"stub {label!r}", result)
        elif result.functional == "passed":
            yield _failure("G4", material, f"stub {label!r}", "passes every functional test")


def mutation(results: Mapping[str, Result]) -> Mutation:
    """How many mutants died; one that the kit could not judge has not."""
    survivors = tuple(label for label, result in results.items() if _survives(result))
    return Mutation(total=len(results), killed=len(results) - len(survivors), survivors=survivors)


def mutants_die(material: Material, found: Mutation) -> Iterator[Failure]:
    """G4: enough mutants died."""
    if found.rate < LEAST_KILLED:
        names = "; ".join(found.survivors)
        reason = f"{found.killed} of {found.total} mutants die, {LEAST_KILLED:.0%} are wanted; alive: {names}"
        yield _failure("G4", material, "secure.py", reason)


def _survives(result: Result) -> bool:
    return isinstance(result, str) or (result.functional == "passed" and result.security in {"withstood", "no_test"})


def hermetic(material: Material, runs: Sequence[Runs], names: Sequence[str]) -> Iterator[Failure]:
    """G6: every run gives the same verdicts, and the quickest of them is quick.

    Args:
        material: The task.
        runs: Its runs; the first is what the others are held against.
        names: What to call each run.
    """
    for file, first in runs[0].items():
        executions = [run[file] for run in runs]
        for name, result in zip(names[1:], executions[1:], strict=True):
            yield from _differences(material, file, first, name, result)
        yield from _slow(material, file, executions)


def _slow(material: Material, file: str, results: Sequence[Result]) -> Iterator[Failure]:
    """CPU time first: on a busy machine wall time says little, so only a long wait counts.

    Where an attack on a resource succeeds by reaching the limit, that is what it takes.
    """
    if any(_exhausted(result) for result in results):
        return
    usages = [result.usage for result in results if isinstance(result, Execution)]
    cpu, wall = (
        min((usage.cpu_s for usage in usages), default=0.0),
        min((usage.wall_s for usage in usages), default=0.0),
    )
    if cpu > SLOWEST_S:
        yield _failure("G6", material, file, f"takes {cpu:.1f} s of CPU time, more than {SLOWEST_S:.0f} s")
    elif wall > STALLED_S:
        yield _failure("G6", material, file, f"takes {wall:.1f} s: it waits for something, or its test computes much")


def _exhausted(result: Result) -> bool:
    limits = {Outcome.TIMEOUT, Outcome.OUT_OF_MEMORY}
    return isinstance(result, Execution) and any(t.resource and t.outcome in limits for t in result.security_tests)


def _differences(material: Material, file: str, first: Result, name: str, result: Result) -> Iterator[Failure]:
    before, after = _outcomes(first), _outcomes(result)
    for test in sorted(before.keys() | after.keys()):
        (was, why), (now, why_now) = before.get(test, _NOT_RUN), after.get(test, _NOT_RUN)
        if was != now:
            message = why_now or why
            reason = f"first {was}, then {now} ({name})" + (f": {message}" if message else "")
            yield _failure("G6", material, f"{file} {test}", reason)


_NOT_RUN = ("not run", "")


def _outcomes(result: Result) -> dict[str, tuple[str, str]]:
    """Of each test what came of it, and the message."""
    if isinstance(result, str):
        return {"all tests": (f"not judged: {result}", "")}
    return {test.name: (str(test.outcome), test.message) for test in (*result.functional_tests, *result.security_tests)}


def _not_passed(gate: str, material: Material, file: str, tests: Sequence[CaseResult]) -> Iterator[Failure]:
    for test in tests:
        if test.outcome is not Outcome.PASSED:
            reason = f"{test.outcome}: {test.message}" if test.message else str(test.outcome)
            yield _failure(gate, material, f"{file} {test.name}", reason)


def _not_run(material: Material, file: str, result: Execution) -> Iterator[Failure]:
    ran = {"functional": result.functional_tests, "security": result.security_tests}
    for suite, source in material.tests.items():
        missing = {test.name for test in suites.declared(source)} - {test.name for test in ran[suite]}
        if missing and (suite == "functional" or result.functional == "passed"):
            yield _failure("G1", material, file, f"tests of {suite}.py did not run: {', '.join(sorted(missing))}")


def _failure(gate: str, material: Material, where: str, reason: str) -> Failure:
    return Failure(gate=gate, task_id=material.task_id, where=where, reason=reason)
