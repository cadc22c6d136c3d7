"""Every file in candidates/ attacks: its verdict must be one it declares, and the world outside must not notice."""

import re
from pathlib import Path

import pytest

from pythonsecurityeval.types import Extraction, Prediction, UnitTest
from tests.attacks.outside import descendants
from tests.attacks.suites import HONEST, SUITES

ATTACKS = sorted(Path(__file__).with_name("candidates").glob("*.py"))
HEAD = re.compile(r"# suite: (?P<suite>\w+); functional: (?P<allowed>[\w ]+)\n")


def sample(suite, code, index):
    test = UnitTest(task_id=suite, suite="functional", source=SUITES[suite])
    return Prediction(task_id=suite, sample_index=index, code=code, extraction=Extraction.SOLUTION), [test]


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.stem)
def test_attack_is_judged_rightly_and_touches_nothing(path, pool, outside):
    text = outside.arm(path.read_text())
    suite, allowed = HEAD.match(text).group("suite", "allowed")
    outside.processes = outside.processes or len(descendants())

    results = list(pool.execute([sample(suite, text, 0), sample(suite, HONEST[suite], 1)]))

    attack, honest = (execution for _, execution in sorted(results, key=lambda pair: pair[0].sample_index))
    said = [test.message for test in attack.functional_tests]
    assert attack.functional in allowed.split(), (attack.functional, said)
    assert not any("ESCAPED" in message or outside.secret in message for message in said), said
    assert honest.functional == "passed", honest
    outside.check_untouched()
    outside.check_processes()


def test_there_are_at_least_sixty_attacks():
    assert len(ATTACKS) >= 60
