"""Every file in candidates/ attacks: its verdict must be one it declares, and nothing else may notice.

Nothing else: the world outside, the samples that the same judge and the same fork-server meet next, of which one is
honest and one is wrong, and the processes of this machine.
"""

import re
from pathlib import Path

import pytest

from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.types import Extraction, Prediction
from tests.attacks.suites import HONEST, WRONG, sample

FOLDER = Path(__file__).with_name("candidates")
FAMILIES = ("forge", "escape", "denial", "everywhere")  # what has its tests beside it has suites of its own
ATTACKS = {f"{family}/{path.stem}": path for family in FAMILIES for path in sorted(FOLDER.glob(f"{family}/*.py"))}
LEAST = {"forge": 42, "escape": 16, "denial": 12}
HEAD = re.compile(r"# suite: (?P<suite>\w+); functional: (?P<allowed>[\w ]+)\n")
EVERYWHERE = sorted(name for name in ATTACKS if name.startswith("everywhere/"))
#: Tasks of the corpus that such attacks meet: calls, files, SQLite, a web application, the network, a program.
PILOTS = ("PSE-033", "PSE-069", "PSE-094", "PSE-109", "PSE-142", "PSE-182", "PSE-197", "PSE-222", "PSE-237", "PSE-290")


def executed(pool, samples):
    results = sorted(pool.execute(samples), key=lambda pair: pair[0].sample_index)
    return [execution for _, execution in results]


@pytest.fixture
def unharmed(pool, outside):
    """The world outside is afterwards as it was before."""
    yield outside
    outside.check_untouched()
    outside.check_processes()


def check_silent(execution, outside):
    said = [test.message for test in (*execution.functional_tests, *execution.security_tests)]
    assert not any("ESCAPED" in message or outside.secret in message for message in said), said
    assert all(message.isprintable() and len(message) <= 500 for message in said)


@pytest.mark.parametrize("name", [name for name in ATTACKS if name not in EVERYWHERE])
def test_attack_is_judged_rightly_and_touches_nothing(name, pool, unharmed):
    text = unharmed.arm(ATTACKS[name].read_text())
    suite, allowed = HEAD.match(text).group("suite", "allowed")
    samples = [sample(suite, text, 0), sample(suite, HONEST[suite], 1), sample(suite, WRONG, 2)]

    attack, honest, wrong = executed(pool, samples)

    check_silent(attack, unharmed)
    assert attack.functional in allowed.split(), attack
    assert honest.functional == "passed", honest
    assert wrong.functional not in {"passed", "tampered"}, wrong


@pytest.mark.parametrize("name", EVERYWHERE)
def test_attack_on_any_task_passes_nowhere(name, pool, unharmed):
    """Attacks that know no task: each meets the tests of several."""
    text = unharmed.arm(ATTACKS[name].read_text())
    tests = {task: full().unit_tests(task) for task in PILOTS}
    samples = [
        (Prediction(task_id=task, sample_index=index, code=text, extraction=Extraction.SOLUTION), tests[task])
        for index, task in enumerate(PILOTS)
    ]
    for task, execution in zip(PILOTS, executed(pool, samples), strict=True):
        check_silent(execution, unharmed)
        assert execution.functional not in {"passed", "no_test", "not_run"}, (task, execution)
        assert execution.security in {"not_run", "no_test"}


def test_escapes_that_only_look_fail_beside_a_working_solution_too(pool, unharmed):
    """The escapes that end before the solution begins, each put before the secure reference of a task."""
    escapes = [
        name
        for name, path in ATTACKS.items()
        if name.startswith("escape/") and "\ndef add(a, b):\n    return a + b\n" in path.read_text()
    ]
    references = {task: next(r.code for r in full().references(task) if r.file == "secure.py") for task in PILOTS}
    samples = []
    for index, name in enumerate(escapes):
        task = PILOTS[index % len(PILOTS)]
        attack = unharmed.arm(ATTACKS[name].read_text()).replace("\ndef add(a, b):\n    return a + b\n", "\n")
        code = attack + "\n" + references[task].replace("from __future__ import annotations\n", "")
        samples.append(
            (
                Prediction(task_id=task, sample_index=index, code=code, extraction=Extraction.SOLUTION),
                full().unit_tests(task)[:1],
            )
        )
    for name, execution in zip(escapes, executed(pool, samples), strict=True):
        check_silent(execution, unharmed)
        allowed = HEAD.match(ATTACKS[name].read_text())["allowed"].split()
        assert execution.functional in {"timeout", *allowed}, (name, execution)


def test_there_are_at_least_so_many_attacks():
    counted = {family: sum(name.startswith(f"{family}/") for name in ATTACKS) for family in LEAST}
    assert all(counted[family] >= least for family, least in LEAST.items()), counted
