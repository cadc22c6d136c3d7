"""Foreign test files in one process with the candidate: no attack passes, no honest solution is taken for one."""

import pytest

from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest
from tests.attacks.foreign_shapes import SHAPES
from tests.attacks.foreign_suites import HONEST
from tests.attacks.in_process import FORGERS, OTHERS, attack, sample
from tests.attacks.outside import descendants

#: What reads and writes memory through a library written in C cannot be seen from inside; see docs/in-process.md.
KNOWN_TO_PASS = frozenset({"reach_memory_by_an_array_interface"})


@pytest.fixture(scope="module")
def together():
    with SandboxPool(tier="landlock", limits=Limits(memory_mb=512, scratch_mb=32)) as pool:
        yield pool


@pytest.fixture(scope="module")
def warm(pool):
    """With both fork-servers started, so that no process appears later."""
    run(pool, *(sample(suite, HONEST[suite]) for suite in ("plain", "heavy")))
    return pool


def run(pool, *samples):
    results = sorted(pool.execute(samples), key=lambda pair: pair[0].sample_index)
    return [execution for _, execution in results]


def foreign(source, code, index=0):
    test = UnitTest(task_id="T", suite="functional", source=source, integrity="in_process")
    return Prediction(task_id="T", sample_index=index, code=code, extraction=Extraction.SOLUTION), [test]


@pytest.mark.parametrize("path", [*FORGERS, *OTHERS], ids=lambda path: path.stem)
def test_a_forger_does_not_pass_and_touches_nothing(path, warm, outside, monkeypatch):
    monkeypatch.setattr(outside, "processes", len(descendants()))
    (execution,) = run(warm, attack(path, arm=outside.arm))
    said = [test.message for test in execution.functional_tests]
    assert (execution.functional == "passed") is (path.stem in KNOWN_TO_PASS), said
    assert not any("ESCAPED" in message or outside.secret in message for message in said), said
    outside.check_untouched()
    outside.check_processes()


@pytest.mark.parametrize("suite", HONEST)
def test_an_honest_solution_passes_where_forgers_do_not(suite, pool):
    (execution,) = run(pool, sample(suite, HONEST[suite]))
    assert execution.functional == "passed", execution


@pytest.mark.parametrize("name", SHAPES)
def test_an_honest_solution_passes_whatever_the_shape_of_the_test(name, together):
    source, code = SHAPES[name]
    (execution,) = run(together, foreign(source, code))
    assert execution.functional == "passed", [(test.name, test.message) for test in execution.functional_tests]


@pytest.mark.parametrize("name", SHAPES)
def test_no_shape_passes_with_a_solution_that_does_nothing(name, together):
    (execution,) = run(together, foreign(SHAPES[name][0], ""))
    if name != "patch the function that is tested":
        assert execution.functional in {"failed", "error"}, execution


def test_there_are_enough_shapes_and_attacks():
    assert len(SHAPES) >= 35
    assert len(FORGERS) >= 42
