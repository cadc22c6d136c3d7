"""What a judge that a candidate took over may tell the parent: nothing but a verdict of one line."""

import json

import pytest

from pythonsecurityeval.sandbox.channel import Gone
from pythonsecurityeval.sandbox.claims import case_of, verdict_of

DEEP = json.loads("[" * 900 + "]" * 900)
VERDICT = {"outcome": "failed", "message": "m", "closed": False}
CASE = {"name": "test_a", "cwe": "CWE-89", "resource": False, "isolated": False, "answers": True}


@pytest.mark.parametrize(
    "change", [{"outcome": DEEP}, {"outcome": "PASSED"}, {"message": DEEP}, {"closed": 1}, {"outcome": None}]
)
def test_attack_a_verdict_of_another_shape_loses_the_judge(change):
    with pytest.raises(Gone):
        verdict_of(VERDICT | change)


@pytest.mark.parametrize("claim", [DEEP, None, {}, CASE | {"name": DEEP}, CASE | {"cwe": 1}, CASE | {"resource": "no"}])
def test_attack_a_test_of_another_shape_loses_the_judge(claim):
    with pytest.raises(Gone):
        case_of(claim)


def test_attack_names_and_messages_that_steer_the_terminal():
    hostile = "\x1b[2J\r\x9b31m\u202e\n" + "x" * 999
    assert case_of(CASE | {"name": hostile, "cwe": hostile}).blank.name == " [2J  31m  " + "x" * 189
    assert verdict_of(VERDICT | {"message": hostile})[1].isprintable()
