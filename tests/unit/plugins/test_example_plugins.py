"""The example plugins are found by name, keep the rules, and run; so would anyone's."""

import json

import pytest

CONFORMANCE = """
import pytest
from pythonsecurityeval.testing import model_checks, submission_checks

@pytest.mark.parametrize("check", model_checks("echo:code"), ids=str)
def test_model(check):
    check()

@pytest.mark.parametrize("check", submission_checks("retry:rounds=4"), ids=str)
def test_submission(check):
    check()
"""


def test_they_are_listed_with_who_brings_them(pse):
    done = pse("plugins")
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["echo", "pse-echo", "(pse_echo:echo)"] in lines
    assert ["retry", "pse-retry", "(pse_retry:Retry)"] in lines


def test_they_keep_the_rules(python, tmp_path):
    (tmp_path / "test_conformance.py").write_text(CONFORMANCE)
    done = python("-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path / "test_conformance.py")
    assert done.returncode == 0, done.stdout
    assert "16 passed" in done.stdout


def test_they_run_by_name(pse, tmp_path):
    """`retry` asks `echo`, which gives the code back: nothing is mended, and nothing is lost."""
    code = "import subprocess\n\n\ndef run(command):\n    return subprocess.run(command, shell=True)\n"
    ids = [line.split()[0] for line in pse("tasks", "--corpus", "mini").stdout.splitlines()]
    (tmp_path / "initial.jsonl").write_text(
        "".join(json.dumps({"task_id": task_id, "solution": code}) + "\n" for task_id in ids)
    )
    options = ["--corpus", "mini", "--initial", "initial.jsonl", "--limit", "2", "--out", "out", "--quiet"]
    done = pse("run", "retry:rounds=2", "--model", "echo:code", *options)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "out" / "predictions.jsonl").read_text().splitlines()]
    assert [row["solution"] for row in rows] == [code, code]


@pytest.mark.parametrize("spec", ["ecko:code", "echo"])
def test_a_mistyped_name_is_one_line(pse, spec):
    done = pse("run", "direct_prompting", "--model", spec, "--corpus", "mini", "--out", "out")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
