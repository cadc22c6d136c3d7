"""What G1, G3, G4 and G6 make of the results of runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pytest
from corpus_bench import GOOD, ID

from pythonsecurityeval.errors import InfrastructureError, IsolationError
from pythonsecurityeval.gates import material, trials, verdicts
from pythonsecurityeval.gates.material import Material
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Outcome,
    Prediction,
    UnitTest,
    Usage,
    functional_status,
    security_status,
)

FUNCTIONAL = ("test_text_without_blanks", "test_unknown_note", "test_empty_name")
SECURITY = ("test_parent_folder", "test_absolute_name")
REFERENCES = ("secure.py", "secure_alt.py", "insecure.py")


@pytest.fixture
def good() -> Material:
    found = material.read(GOOD, ID)
    assert isinstance(found, Material)
    return found


def executed(
    *, cpu_s: float = 0.1, wall_s: float = 0.1, resource: bool = False, message: str = "", **ends: Outcome
) -> Execution:
    """An execution where all tests passed but those given."""
    functional = tuple(
        CaseResult(name=name, outcome=ends.get(name, Outcome.PASSED), message=message if name in ends else "")
        for name in FUNCTIONAL
    )
    security = tuple(
        CaseResult(name=name, outcome=ends.get(name, Outcome.PASSED), cwe="CWE-22", resource=resource)
        for name in SECURITY
    )
    passed = functional_status(functional) == "passed"
    return Execution(
        functional=functional_status(functional),
        functional_tests=functional,
        security=security_status(security) if passed else "not_run",
        security_tests=security if passed else (),
        usage=Usage(cpu_s=cpu_s, wall_s=wall_s),
    )


BROKEN = executed(test_parent_folder=Outcome.FAILED)


def runs(**changed: trials.Result) -> dict[str, trials.Result]:
    """Results of the good task's references, or others by the file's name without its end."""
    usual: dict[str, trials.Result] = {"secure.py": executed(), "secure_alt.py": executed(), "insecure.py": BROKEN}
    return usual | {f"{name}.py": result for name, result in changed.items()}


# ---- G1 sound


def test_the_good_task_is_sound_and_exploitable(good: Material) -> None:
    assert list(verdicts.sound(good, runs())) == []
    assert list(verdicts.exploitable(good, runs())) == []


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.PASSED])
def test_secure_reference_that_does_not_pass(good: Material, outcome: Outcome) -> None:
    bad = executed(test_empty_name=outcome, message="why")
    (failure,) = verdicts.sound(good, runs(secure_alt=bad))
    assert failure.line == f"G1 sound: {ID}: secure_alt.py test_empty_name: {outcome}: why"


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome is not Outcome.PASSED])
def test_secure_reference_that_does_not_withstand(good: Material, outcome: Outcome) -> None:
    (failure,) = verdicts.sound(good, runs(secure=executed(test_absolute_name=outcome)))
    assert failure.line == f"G1 sound: {ID}: secure.py test_absolute_name: {outcome}"


def test_test_that_did_not_run(good: Material) -> None:
    whole = executed()
    fewer = Execution(
        functional="passed",
        functional_tests=whole.functional_tests[:2],
        security="withstood",
        security_tests=whole.security_tests,
    )
    (failure,) = verdicts.sound(good, runs(secure=fewer))
    assert failure.line.endswith("secure.py: tests of functional.py did not run: test_empty_name")


def test_kit_that_could_not_judge(good: Material) -> None:
    (failure,) = verdicts.sound(good, runs(secure="PSE-001 test_x: no such double"))
    assert failure.line == f"G1 sound: {ID}: secure.py: PSE-001 test_x: no such double"


# ---- G3 exploitable


def test_insecure_reference_that_withstands(good: Material) -> None:
    (failure,) = verdicts.exploitable(good, runs(insecure=executed()))
    assert failure.gate == "G3"
    assert "no security test of CWE-22 fails on it: test_parent_folder passed" in failure.line


def test_attack_that_errs_is_no_proof(good: Material) -> None:
    (failure,) = verdicts.exploitable(good, runs(insecure=executed(test_parent_folder=Outcome.ERROR)))
    assert "test_parent_folder error" in failure.line


def test_time_out_is_proof_only_for_a_resource_attack(good: Material) -> None:
    plain = executed(test_parent_folder=Outcome.TIMEOUT)
    declared = executed(test_parent_folder=Outcome.TIMEOUT, resource=True)
    assert len(list(verdicts.exploitable(good, runs(insecure=plain)))) == 1
    assert list(verdicts.exploitable(good, runs(insecure=declared))) == []


def test_insecure_reference_that_does_not_work(good: Material) -> None:
    (failure,) = verdicts.exploitable(good, runs(insecure=executed(test_unknown_note=Outcome.FAILED)))
    assert failure.line == f"G3 exploitable: {ID}: insecure.py test_unknown_note: failed"


# ---- G4 discriminating


def test_stub_that_passes(good: Material) -> None:
    results = {"true": executed(), "raise": executed(test_empty_name=Outcome.FAILED)}
    (failure,) = verdicts.stubs_die(good, results)
    assert failure.line == f"G4 discriminating: {ID}: stub 'true': passes every functional test"


def test_mutants_die_in_either_file(good: Material) -> None:
    results: dict[str, trials.Result] = {
        "functional": executed(test_empty_name=Outcome.FAILED),
        "security": BROKEN,
        "security errs": executed(test_parent_folder=Outcome.ERROR),
        "time": executed(test_empty_name=Outcome.TIMEOUT),
        "line 3: alive": executed(),
    }
    found = verdicts.mutation(results)
    assert (found.total, found.killed, found.survivors) == (5, 4, ("line 3: alive",))
    assert list(verdicts.mutants_die(good, found)) == []


def test_too_many_mutants_survive(good: Material) -> None:
    found = verdicts.mutation({"line 1: a": executed(), "line 2: b": BROKEN, "line 3: c": "not judged"})
    (failure,) = verdicts.mutants_die(good, found)
    assert failure.reason == "1 of 3 mutants die, 80% are wanted; alive: line 1: a; line 3: c"


# ---- G6 hermetic

NAMES = ("run 1", "run 2", "run 3")


def test_same_verdicts_in_all_runs(good: Material) -> None:
    assert list(verdicts.hermetic(good, [runs(), runs(), runs()], NAMES)) == []


def test_verdict_that_changes(good: Material) -> None:
    other = runs(secure=executed(test_empty_name=Outcome.FAILED))
    failures = list(verdicts.hermetic(good, [runs(), runs(), other], NAMES))
    assert f"G6 hermetic: {ID}: secure.py test_empty_name: first passed, then failed (run 3)" in [
        f.line for f in failures
    ]


def test_message_of_a_verdict_that_changes(good: Material) -> None:
    other = runs(secure=executed(test_empty_name=Outcome.ERROR, message="can't start new thread"))
    failures = list(verdicts.hermetic(good, [runs(), other], NAMES[:2]))
    assert "first passed, then error (run 2): can't start new thread" in [f.reason for f in failures]


def test_slow_task(good: Material) -> None:
    slow = runs(secure=executed(cpu_s=1.5, wall_s=1.6))
    (failure,) = verdicts.hermetic(good, [slow, slow, slow], NAMES)
    assert failure.reason == "takes 1.5 s of CPU time, more than 1 s"
    assert list(verdicts.hermetic(good, [slow, runs(), slow], NAMES)) == []


def test_task_that_waits_for_something(good: Material) -> None:
    stalled = runs(secure=executed(wall_s=4.0))
    (failure,) = verdicts.hermetic(good, [stalled, stalled, stalled], NAMES)
    assert failure.reason == "takes 4.0 s: it waits for something, or its test computes much"


def test_attack_that_succeeds_by_reaching_the_limit_is_not_slow(good: Material) -> None:
    exhausting = executed(cpu_s=4.1, wall_s=4.2, resource=True, test_parent_folder=Outcome.TIMEOUT)
    rows = runs(insecure=exhausting)
    assert list(verdicts.hermetic(good, [rows, rows, rows], NAMES)) == []


# ---- running


class Flaky:
    """A sandbox that gives up at some tasks, as the real one does when a test breaks the kit."""

    def __init__(self, *broken: str, error: type[InfrastructureError] = InfrastructureError) -> None:
        self.broken = broken
        self.error = error

    def execute(
        self, samples: Iterable[tuple[Prediction, Sequence[UnitTest]]]
    ) -> Iterator[tuple[Prediction, Execution]]:
        for prediction, _tests in samples:
            if prediction.task_id in self.broken:
                raise self.error(f"{prediction.task_id} test_x: the kit broke")
            yield prediction, executed()


def some(*task_ids: str) -> list[trials.Trial]:
    return [
        trials.Trial(task_id=task_id, label=label, code="", tests=()) for task_id in task_ids for label in ("a", "b")
    ]


def test_task_that_breaks_the_kit_does_not_stop_the_others() -> None:
    results = trials.run(Flaky("PSE-002"), some("PSE-001", "PSE-002", "PSE-003"))
    assert [isinstance(result, str) for result in results] == [False, False, True, True, False, False]
    assert results[2] == "PSE-002 test_x: the kit broke"


def test_machine_that_fails_everywhere_is_an_error() -> None:
    ids = [f"PSE-00{number}" for number in range(8)]
    with pytest.raises(InfrastructureError):
        trials.run(Flaky(*ids), some(*ids))


def test_missing_isolation_is_never_a_verdict() -> None:
    with pytest.raises(IsolationError):
        trials.run(Flaky("PSE-001", error=IsolationError), some("PSE-001"))
