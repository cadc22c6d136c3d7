"""What is compiled, counted and printed."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner
from corpus_bench import ID, Bench

from pythonsecurityeval.cli import corpus as cli
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.corpora._task_format import CANARY
from pythonsecurityeval.errors import CheckFailed, UsageError
from pythonsecurityeval.gates import compiled
from pythonsecurityeval.gates.statistics import stats


def test_tables_hold_everything_and_no_solution(bench: Bench) -> None:
    bench.add_task("PSE-002")
    compiled.build(bench.root)
    rows = [json.loads(line) for line in (bench.root / compiled.TEST).read_text().splitlines()]
    assert [row["task_id"] for row in rows] == ["PSE-001", "PSE-002"]
    assert rows[0]["prompt"] == corpus.load_task(bench.root, ID).prompt
    assert rows[0]["functional_test"] == bench.functional.read_text()
    assert rows[0]["security_test"] == bench.security.read_text()
    assert rows[0]["canary"] == CANARY
    assert rows[0]["weakness"][0]["cwe"] == "CWE-22"
    text = (bench.root / compiled.TEST).read_text()
    for line in bench.reference("secure.py").read_text().splitlines()[6:]:
        assert line.strip() not in text
    references = [json.loads(line) for line in (bench.root / compiled.REFERENCES).read_text().splitlines()]
    assert [(row["task_id"], row["kind"]) for row in references[:3]] == [
        (ID, "secure"),
        (ID, "secure_alt"),
        (ID, "insecure"),
    ]
    assert references[2]["cwe"] == ["CWE-22"]
    assert references[0]["source"] == bench.reference("secure.py").read_text()


def test_same_tasks_give_the_same_bytes(bench: Bench) -> None:
    written = compiled.build(bench.root)
    assert set(written) == {*corpus.COMPILED, corpus.SUMS, *(path for path, *_ in compiled.EXAMPLES)}
    before = [(bench.root / path).read_bytes() for path in written]
    assert compiled.build(bench.root) == ()
    for path in written:
        (bench.root / path).unlink()
    compiled.build(bench.root)
    assert [(bench.root / path).read_bytes() for path in written] == before


def test_sums_are_those_of_the_files(bench: Bench) -> None:
    compiled.build(bench.root)
    lines = [line.split("  ") for line in (bench.root / corpus.SUMS).read_text().splitlines()]
    assert [path for _, path in lines] == sorted(path for _, path in lines)
    for digest, path in lines:
        assert hashlib.sha256((bench.root / path).read_bytes()).hexdigest() == digest
    assert {path for _, path in lines} >= {"data/test.jsonl", "data/VERSION", "unit_tests/PSE-001/security.py"}
    assert corpus.full(bench.root).sha256 == hashlib.sha256((bench.root / corpus.SUMS).read_bytes()).hexdigest()


def test_stale_tables_are_named(bench: Bench) -> None:
    compiled.build(bench.root)
    assert compiled.stale(bench.root) == ()
    bench.edit(bench.functional, "two litres", "three litres")
    assert compiled.stale(bench.root) == (
        "data/test.jsonl: not up to date; run `pse corpus build`",
        "data/SHA256SUMS: not up to date; run `pse corpus build`",
    )


def test_totals(bench: Bench) -> None:
    bench.add_task("PSE-002")
    found = stats(bench.root)
    assert found.totals == {"tasks": 2, "exploitable": 2, "cwes": 1, "cwes_attacked": 1, "tests_per_task": 5.0}
    assert found.by_domain == {"files-formats": 2}
    assert found.by_cwe_attacked == {"CWE-22": 2}
    assert found.tests == {"functional": 6, "security": 4}
    assert found.references == {"insecure.py": 2, "secure.py": 2, "secure_alt.py": 2}


def test_command_prints_each_failure_in_a_line(bench: Bench) -> None:
    bench.edit(bench.reference("secure.py"), "from pathlib", "import pickle\nfrom pathlib")
    arguments = ["validate", "--static", "--corpus-path", str(bench.root), "--matrix", str(bench.root / "matrix.md")]
    result = CliRunner().invoke(cli.command, arguments)
    assert isinstance(result.exception, CheckFailed)
    assert result.output.splitlines() == [
        f"G2 clean: {ID}: secure.py: B403 at line 1, and bandit_floor does not have it",
        "0 of 1 tasks pass the gates (tiers: nothing was run)",
    ]
    assert (bench.root / "matrix.md").read_text().splitlines() == [
        "# Tasks and gates",
        "",
        "Version 1.0.0: 0 of 1 tasks pass the gates (tiers: nothing was run); "
        "0 of 0 mutants of the secure references die.",
        "",
        "| task | G1 sound | G2 clean | G3 exploitable | G4 discriminating | G5 neutral | G6 hermetic | G7 labelled "
        "| mutants |",
        "|---|---|---|---|---|---|---|---|---|",
        f"| {ID} | - | FAIL | - | - | ok | - | ok | - |",
    ]


def test_command_holds_the_tables_against_the_tasks(bench: Bench) -> None:
    arguments = ["validate", "--static", "--corpus-path", str(bench.root)]
    result = CliRunner().invoke(cli.command, arguments)
    assert isinstance(result.exception, CheckFailed)
    assert "data/test.jsonl: not up to date" in result.output
    assert CliRunner().invoke(cli.command, ["build", "--corpus-path", str(bench.root)]).exit_code == 0
    assert CliRunner().invoke(cli.command, arguments).exit_code == 0


def test_test_file_that_is_no_python_is_one_line(bench: Bench) -> None:
    bench.edit(bench.security, "import", "import import")
    with pytest.raises(
        UsageError, match=rf"^unit_tests/{ID}/security.py:\d+: is no Python \(invalid syntax\); mend it$"
    ):
        stats(bench.root)


@pytest.mark.parametrize("command", ["build", "stats"])
def test_commands_end_well(bench: Bench, command: str) -> None:
    result = CliRunner().invoke(cli.command, [command, "--corpus-path", str(bench.root)])
    assert result.exit_code == 0
    assert result.output


def test_check_writes_nothing(bench: Bench) -> None:
    result = CliRunner().invoke(cli.command, ["build", "--check", "--corpus-path", str(bench.root)])
    assert isinstance(result.exception, CheckFailed)
    assert not (bench.root / corpus.SUMS).exists()
