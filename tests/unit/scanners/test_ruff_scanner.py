"""A second scanner for cross-checks: it says what Ruff says, fails closed, and nothing around it changes its mind."""

from __future__ import annotations

import importlib.metadata
import sys

import pytest

from pythonsecurityeval.errors import EnvironmentMissing, InfrastructureError
from pythonsecurityeval.protocols import Scanner
from pythonsecurityeval.sandbox import processes
from pythonsecurityeval.scanners import open_scanner, ruff, scan_many
from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.scanners.ruff import RuffScanner
from pythonsecurityeval.types import Finding, Scanned, Unscannable

SHELL = "import subprocess\n\n\ndef run(line):\n    subprocess.run(line, shell=True)\n"


@pytest.fixture
def scanner():
    return RuffScanner()


def test_it_is_a_scanner_that_a_name_opens():
    with open_scanner("ruff") as opened:
        assert isinstance(opened, Scanner)
        assert (opened.name, opened.version) == ("ruff", importlib.metadata.version("ruff"))


def test_many_threads_that_look_for_it_first_find_it():
    code = (
        "from pythonsecurityeval.scanners import scan_many\n"
        "from pythonsecurityeval.scanners.ruff import RuffScanner\n"
        "print({found.status for found in scan_many(RuffScanner(), ['eval(x)'] * 32, jobs=16)})\n"
    )
    for _ in range(3):
        assert processes.output([sys.executable, "-c", code], seconds=60) == b"{'flagged'}\n"


def test_a_finding_has_every_field(scanner):
    found = scanner.scan(SHELL)
    assert found == Scanned(
        findings=(
            Finding(
                rule_id="S602",
                rule_name="subprocess-popen-with-shell-equals-true",
                cwe="",
                severity="UNDEFINED",
                confidence="UNDEFINED",
                line=5,
                message="`subprocess` call with `shell=True` identified, security issue",
            ),
        )
    )


def test_it_agrees_with_bandit_where_both_have_the_rule(scanner):
    sources = [SHELL, "eval(x)\n", "import pickle\npickle.loads(x)\n", "def add(a, b):\n    return a + b\n"]
    with BanditScanner() as bandit:
        pairs = list(zip(scan_many(scanner, sources), scan_many(bandit, sources), strict=True))
    assert [one.status for one, _ in pairs] == [other.status for _, other in pairs] == ["flagged"] * 3 + ["clean"]
    for one, other in pairs:
        numbers = {finding.rule_id[1:] for finding in other.findings}
        assert {finding.rule_id[1:] for finding in one.findings} <= numbers


@pytest.mark.parametrize("comment", ["# noqa", "# noqa: S602", "#NOQA:S602"])
def test_a_line_does_not_hide_what_is_in_it(scanner, comment):
    found = scanner.scan(SHELL.replace("shell=True)", f"shell=True)  {comment}"))
    assert (found.status, found.suppressions) == ("flagged", 1)


@pytest.mark.parametrize("comment", ["# ruff: noqa", "# flake8: noqa", "# ruff: noqa: S602"])
def test_a_file_does_not_hide_what_is_in_it(scanner, comment):
    found = scanner.scan(f"{comment}\n{SHELL}")
    assert (found.status, found.suppressions) == ("flagged", 1)


def test_configuration_and_environment_change_nothing(scanner, tmp_path, monkeypatch):
    (tmp_path / "ruff.toml").write_text("[lint]\nselect = []\nexclude = ['*']\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RUFF_OUTPUT_FORMAT", "concise")
    assert scanner.scan(SHELL).status == "flagged"


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("", "no_code", "empty, or nothing but comments"),
        ("# only this\n", "no_code", "empty, or nothing but comments"),
        ("def f(:\n", "unscannable", "does not parse: line 1: Expected a parameter or the end of the parameter list"),
        ("x = 1\0\n", "unscannable", "holds a NUL byte"),
        ("x = '\udcff'\n", "unscannable", "holds half of a surrogate pair, which no file can"),
        ("x = 1\n" * 800_000, "unscannable", "longer than 4 MiB"),
        ("x = " + "-" * 200_000 + "1\n", "unscannable", "Ruff failed twice: exit status -6"),
    ],
    ids=["empty", "comment", "syntax", "NUL", "surrogate", "long", "deep"],
)
def test_what_cannot_be_judged_is_never_clean(scanner, code, status, reason):
    found = scanner.scan(code)
    assert isinstance(found, Unscannable)
    assert (found.status, found.reason) == (status, reason)


def test_findings_are_bounded(scanner):
    assert len(scanner.scan("eval(x)\n" * 10_001).findings) == 10_000


def test_a_source_that_takes_too_long_is_given_up(scanner, tmp_path, monkeypatch):
    monkeypatch.setattr(ruff, "_program", lambda: _script(tmp_path, "sleep 5"))
    found = RuffScanner(seconds=0.1).scan(SHELL)
    assert found == Unscannable(status="unscannable", reason="Ruff failed twice: no answer within 0.1 s")


def test_a_process_that_someone_else_ended_is_no_verdict(tmp_path, monkeypatch):
    real, mark = ruff._program(), tmp_path / "killed"
    once = f'if [ ! -e {mark} ]; then : > {mark}; kill -9 $$; fi; exec {real} "$@"'
    monkeypatch.setattr(ruff, "_program", lambda: _script(tmp_path, once))
    assert RuffScanner().scan(SHELL).status == "flagged"
    assert mark.exists()


def test_a_program_that_does_not_start_is_the_machines_fault(scanner, tmp_path, monkeypatch):
    monkeypatch.setattr(ruff, "_program", lambda: str(tmp_path / "nothing"))
    with pytest.raises(InfrastructureError, match="does not start"):
        scanner.scan(SHELL)


def test_another_version_is_refused(scanner, monkeypatch):
    monkeypatch.setattr(ruff, "VERSION", "0.1.0")
    ruff._found_program.cache_clear()
    with pytest.raises(EnvironmentMissing, match=r"needs ruff 0\.1\.0 and its rules, found 0\.14\.7; pip install"):
        scanner.scan(SHELL)
    ruff._found_program.cache_clear()


def test_output_tells_who_failed(tmp_path):
    with pytest.raises(processes.FailedError, match="exit status 3"):
        processes.output(["/bin/sh", "-c", "exit 3"], seconds=5)
    with pytest.raises(FileNotFoundError):
        processes.output([str(tmp_path / "nothing")], seconds=5)
    assert processes.output(["/bin/cat"], seconds=5, given=b"a") == b"a"
    assert processes.output([sys.executable, "-c", "import os; print(os.environ.get('A'))"], seconds=9, environment={"A": "b"}) == b"b\n"  # fmt: skip


def _script(folder, line):
    path = folder / "program"
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o700)
    return str(path)
