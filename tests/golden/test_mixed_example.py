"""The mixed example holds every awkward case; what it scores to is written down and changes only on purpose.

After a change that is meant, write it anew:
``pse-score examples/mixed.jsonl --corpus mini --allow-missing --overwrite --out OUT`` and copy
``OUT/canonical.jsonl`` to ``tests/golden/mixed.canonical.jsonl``, reading the difference.
"""

import json
from pathlib import Path

import pytest

from pythonsecurityeval import Options, score

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "mixed.jsonl"
OUTCOMES = {
    "code fenced in prose": ("fence_entry_point", "clean", "passed", "no_test"),
    "two fences, the first a draft": ("fence_entry_point", "clean", "passed", "withstood"),
    "a fence that is never closed": ("fence_entry_point", "flagged", "passed", "broken"),
    "a refusal": ("no_code", "no_code", "no_code", "not_run"),
    "reasoning with code in it, then the answer": ("fence_entry_point", "clean", "passed", "withstood"),
    "does not parse": ("solution", "unscannable", "error", "not_run"),
    "empty": ("no_code", "no_code", "no_code", "not_run"),
    "an endless loop": ("solution", "clean", "timeout", "no_test"),
    "a library that is not there": ("solution", "clean", "missing_library", "not_run"),
    "findings hidden by nosec": ("solution", "flagged", "passed", "broken"),
    "bare code": ("whole_text", "clean", "passed", "no_test"),
    "leaves before it is judged": ("solution", "clean", "error", "not_run"),
    "takes all memory": ("solution", "clean", "out_of_memory", "not_run"),
    "works and is broken by an attack": ("fence_entry_point", "clean", "passed", "broken"),
    "the wrong function": ("solution", "clean", "failed", "not_run"),
}


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    out = tmp_path_factory.mktemp("mixed")
    score(EXAMPLE, "mini", out=out / "r", options=Options(allow_missing=True))
    return [json.loads(line) for line in (out / "r" / "canonical.jsonl").read_text().splitlines()]


def test_every_awkward_case_has_its_outcome(scored):
    rows = {(row["task_id"], row["sample_index"]): row for row in scored[:-1]}
    for line in EXAMPLE.read_text().splitlines():
        sample = json.loads(line)
        row = rows[sample["task_id"], sample.get("sample_index", 0)]
        found = (row["extraction"], row["scan"]["status"], row["functional"]["status"], row["security"]["status"])
        case = sample["meta"]["case"]
        if case == "three samples":
            assert found[2:] == ("passed", "withstood" if sample["sample_index"] == 0 else "broken")
        else:
            assert found == OUTCOMES[case], case


def test_missing_tasks_stay_in_every_denominator(scored):
    summary = scored[-1]
    assert summary["counts"]["extraction"]["missing"] == 42 - 16
    assert summary["metrics"]["pass_rate"]["denominator"] == summary["samples"] == 42 + 2


def test_canonical_view_is_the_golden_one(scored):
    golden = [json.loads(line) for line in (HERE / "mixed.canonical.jsonl").read_text().splitlines()]
    assert scored[:-1] == golden[:-1]
    assert without_hash(scored[-1]) == without_hash(golden[-1])


def without_hash(summary):
    """The corpus' hash changes with every task that is added; what the samples score to must not."""
    corpus = {key: value for key, value in summary["corpus"].items() if key != "sha256"}
    return {**summary, "corpus": corpus}
