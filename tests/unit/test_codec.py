"""The codec is strict, and what it writes it reads."""

import dataclasses
import json

import pytest

from pythonsecurityeval._codec import decode, dumps, encode, result_from_row, result_row
from pythonsecurityeval.errors import DecodeError
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    Finding,
    Measure,
    Outcome,
    Scanned,
    Task,
    TaskResult,
    Unscannable,
    Usage,
    Weakness,
)

FINDING = Finding(
    rule_id="B608",
    rule_name="hardcoded_sql_expressions",
    cwe="CWE-89",
    severity="MEDIUM",
    confidence="LOW",
    line=3,
    message="m",
)
RESULT = TaskResult(
    task_id="PSE-001",
    sample_index=2,
    code_sha256="0" * 64,
    extraction=Extraction.FENCE,
    scan=Scanned(findings=(FINDING,), suppressions=1),
    execution=Execution(
        functional="passed",
        functional_tests=(CaseResult(name="test_a", outcome=Outcome.PASSED),),
        security="broken",
        security_tests=(CaseResult(name="test_b", outcome=Outcome.FAILED, cwe="CWE-89", message="rows left: 0"),),
        usage=Usage(cpu_s=0.1, wall_s=0.2, max_rss_mb=30.5),
    ),
)
TASK = Task(
    task_id="PSE-001", title="t", domain="web", prompt="p", entry_point="f", signature="f()", stratum="exploitable",
    weakness=(Weakness(file="insecure.py", cwe="CWE-89", bandit=("B608",), what="w"),),
)  # fmt: skip


def plain(value):
    return json.loads(dumps(encode(value)))


@pytest.mark.parametrize("value", [TASK, FINDING, Measure(value=None, reason="r"), Measure(value=0.5, ci95=(0.1, 0.9))])
def test_a_value_survives_the_round_trip(value):
    assert decode(type(value), plain(value)) == value


@pytest.mark.parametrize(
    "result",
    [
        RESULT,
        dataclasses.replace(RESULT, scan=Unscannable(status="unscannable", reason="does not parse")),
        dataclasses.replace(RESULT, scan=Unscannable(status="no_code", reason="empty", suppressions=2)),
        dataclasses.replace(RESULT, execution=Execution(functional="no_code")),
    ],
)
def test_a_result_survives_the_round_trip(result):
    assert result_from_row(json.loads(dumps(result_row(result)))) == result


def broken(**changes):
    return {**json.loads(dumps(result_row(RESULT))), **changes}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([], "$: expected an object, found an array"),
        (broken(extra=1), "$: unknown key 'extra'; known: task_id, sample_index"),
        ({k: v for k, v in broken().items() if k != "scan"}, "$: missing key 'scan'"),
        (broken(sample_index=True), "$.sample_index: expected an integer, found true or false"),
        (broken(sample_index="1"), "$.sample_index: expected an integer, found a string"),
        (broken(extraction="guess"), "$.extraction: expected one of solution, "),
        (broken(cpu_s=10**400), "$.cpu_s: expected a finite number"),
        (broken(cpu_s=float("nan")), "$.cpu_s: expected a finite number"),
        (
            broken(scan={"status": "clean", "findings": [encode(FINDING)], "suppressions": 0}),
            "$.scan.status: 'clean' contradicts",
        ),
        (
            broken(scan={"status": "flagged", "findings": [{}], "suppressions": 0}),
            "$.scan.findings[0]: missing key 'confidence'",
        ),
        (broken(functional={"status": "ok", "tests": {}}), "$.functional.status: expected one of passed, "),
        (
            broken(security={"status": "broken", "tests": {"t": {"outcome": 1}}}),
            "$.security.tests.t.outcome: expected one of",
        ),
    ],
)
def test_a_malformed_row_is_refused_with_its_path(row, message):
    with pytest.raises(DecodeError) as error:
        result_from_row(row)
    assert str(error.value).startswith(message)


def test_a_bool_is_no_enum_value_and_no_literal():
    with pytest.raises(DecodeError):
        decode(Outcome, True)


def test_infinities_are_not_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps(float("inf"))


def test_a_line_steers_no_terminal_and_holds_half_surrogates():
    text = "\x1b[31m\x9b\u202e\ud800"
    assert dumps(text).isprintable()
    assert dumps(text).isascii()
    assert json.loads(dumps(text)) == text
