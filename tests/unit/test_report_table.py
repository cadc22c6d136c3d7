"""The table of a run fits 80 columns and shows hostile text without obeying it."""

import io

from rich.console import Console

from pythonsecurityeval.pipeline.summary import summarise
from pythonsecurityeval.report.terminal import table
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    Finding,
    Outcome,
    Scanned,
    Task,
    TaskResult,
    Unscannable,
)

TASKS = [
    Task(
        task_id=f"PSE-00{n}",
        title="t",
        domain="web",
        prompt="p",
        entry_point="f",
        signature="f()",
        stratum="exploitable",
    )
    for n in (1, 2, 3)
]
FINDING = Finding(
    rule_id="B1", rule_name="r", cwe="CWE-1", severity="LOW", confidence="LOW", line=1, message="[red]\x1b[31m"
)


def result(n, functional, security, scan):
    tests = (CaseResult(name="test_a", outcome=Outcome.PASSED, cwe="CWE-89"),)
    return TaskResult(
        task_id=f"PSE-00{n}", sample_index=0, code_sha256="0", extraction=Extraction.SOLUTION, scan=scan,
        execution=Execution(functional=functional, security=security, security_tests=tests),
    )  # fmt: skip


RESULTS = [
    result(1, "passed", "withstood", Scanned()),
    result(2, "passed", "undetermined", Scanned(findings=(FINDING,))),
    result(3, "failed", "not_run", Unscannable(status="unscannable", reason="x")),
]


def shown(title, results=RESULTS, **changes):
    summary = summarise(
        results, TASKS, corpus={"name": "c", "version": "1", "sha256": "x", "tasks": 42},
        scanner={"name": "bandit", "version": "1.9.4", "rules_sha256": "y"}, initial=None, ks=(1,),
    ) | {"sandbox": {"tier": "landlock", "layers": []}}  # fmt: skip
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(table(summary | changes, title=title))
    return console.export_text()


def test_every_line_fits_80_columns_and_shows_what_it_rests_on():
    text = shown("predictions.jsonl")
    assert max(map(len, text.splitlines())) <= 80
    assert "c 1, 3 of 42 tasks, 3 samples\nbandit 1.9.4, sandbox landlock" in text
    line = next(line for line in text.splitlines() if "secure-pass@1" in line)
    assert line.split()[-5:] == ["33.3", "1/3", "6.1", "-", "79.2"]
    assert "! more than 1 % undetermined" in text


def test_a_hostile_title_is_shown_and_not_obeyed():
    text = shown("[bold]\x1b]0;x\x07\u202e.jsonl")
    assert "[bold]�]0;x��.jsonl" in text


def test_a_shard_shows_no_rates():
    text = shown("p", metrics=None, metrics_reason="one shard of several; put them together with pse merge")
    assert "no rates: one shard of several" in text
