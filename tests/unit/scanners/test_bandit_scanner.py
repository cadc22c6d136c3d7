"""The scanner fails closed, is bounded in time and memory, and nothing around it changes its mind."""

from __future__ import annotations

import functools
import gc
import importlib.metadata
import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pythonsecurityeval.errors import EnvironmentMissing, InfrastructureError
from pythonsecurityeval.protocols import Scanner
from pythonsecurityeval.sandbox.watch import cpu_of
from pythonsecurityeval.scanners import _bandit_process, cwe, scan_many
from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.types import Finding, Scanned, Unscannable

HOLDS_UP_BANDIT = "x = '" + "select " * 150_000 + "' + y\n"  # B608's pattern is quadratic on it


@pytest.fixture(scope="module")
def scanner():
    with BanditScanner() as it:
        yield it


@pytest.fixture
def workers():
    """Tells the worker processes that were started since and are alive."""
    before = alive()
    return lambda: alive() - before


def alive() -> set[int]:
    """Worker processes of this process that are alive."""
    mine = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
            command = stat.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and fields[0] != "Z" and b"_bandit_worker" in command:
            mine.add(int(stat.parent.name))
    return mine


def test_it_is_a_scanner(scanner):
    assert isinstance(scanner, Scanner)


def test_a_finding_has_every_field(scanner):
    assert scanner.scan("import os\nos.system(command)\n") == Scanned(
        findings=(
            Finding(
                rule_id="B605",
                rule_name="start_process_with_a_shell",
                cwe="CWE-78",
                severity="HIGH",
                confidence="HIGH",
                line=2,
                message="Starting a process with a shell, possible injection detected, security issue.",
            ),
        )
    )


def test_any_severity_counts(scanner):
    result = scanner.scan("assert x\n")
    assert [finding.severity for finding in result.findings] == ["LOW"]
    assert result.status == "flagged"


def test_findings_stand_in_the_order_of_their_lines(scanner):
    lines = [
        finding.line for finding in scanner.scan("def f(p='x', password='y'):\n  eval(p)\nassert f\nexec(f)\n").findings
    ]
    assert lines == sorted(lines)
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("code", "status", "reason"),
    [
        ("", "no_code", "empty"),
        (" \t\n\f\r\n", "no_code", "empty"),
        ("\u2003\n", "no_code", "empty"),
        ("\ufeff", "no_code", "nothing but comments"),
        ("# I cannot help with that.\n\n   # Sorry.", "no_code", "nothing but comments"),
        ("\\\n# nothing", "no_code", "nothing but comments"),
        ("# one line to Python\u2028eval(x)", "no_code", "nothing but comments"),
        ("I cannot help with that.", "unscannable", "does not parse: line 1: invalid syntax"),
        ("def f(:\n    eval(x)", "unscannable", "does not parse: line 1: invalid syntax"),
        ("eval(x)\0", "unscannable", "holds a NUL byte"),
        ("x = '\ud800'\neval(x)", "unscannable", "holds half of a surrogate pair, which no file can"),
        ("-" * 100_000 + "eval(x)", "unscannable", "nested too deeply, or needs too much memory"),
        ("a" + ".b" * 100_000, "unscannable", "nested too deeply, or needs too much memory"),
        ("eval(x)\n" + "#" * (4 << 20), "unscannable", "longer than 4 MiB"),
        ("eval(x)\n" + "#" + "é" * (2 << 20), "unscannable", "longer than 4 MiB"),
        ("# coding: klingon\neval(x)", "unscannable", "does not parse: line 0: unknown encoding: klingon"),
    ],
)
def test_what_cannot_be_judged_is_never_clean(scanner, code, status, reason):
    assert scanner.scan(code) == Unscannable(status=status, reason=reason)


@pytest.mark.parametrize(
    "code",
    [
        "x = " + " + ".join(f"'s{i}'" for i in range(900)),
        "import importlib\nimportlib.import_module(**names)\n",
    ],
)
def test_a_rule_that_raised_leaves_nothing_proven_clean(scanner, code):
    result = scanner.scan(code)
    assert result.status == "unscannable"
    assert result.reason.startswith("rule ")


def test_a_rule_that_raised_hides_no_finding_of_another(scanner):
    result = scanner.scan("import importlib\nimportlib.import_module()\neval(x)\n")
    assert [finding.rule_id for finding in result.findings] == ["B307"]


@pytest.mark.parametrize(
    "code",
    [
        "# coding: utf-7\n# +AAo-eval(input())\n",  # a call hidden behind a declaration
        "\r# coding: utf-7\r# +AAo-eval(input())\r",
        "# coding: utf-7\nx = 1 #+AAo-'''\neval(input())\n#+AAo-'''\n",  # and one hidden by it
    ],
)
def test_an_encoding_declaration_hides_no_code(scanner, code):
    result = scanner.scan(code)
    assert result.status == "unscannable"
    assert "encoding" in result.reason


@pytest.mark.parametrize("declaration", ["utf-8", "UTF8", "utf-8-unix", "latin-1", "cp1252", "ascii"])
def test_an_honest_encoding_declaration_changes_nothing(scanner, declaration):
    result = scanner.scan(f"# -*- coding: {declaration} -*-\neval(x)\n")
    assert [(finding.rule_id, finding.line) for finding in result.findings] == [("B307", 2)]


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("import os\nos.system(x)  # nosec\n", 1),
        ("eval(x)  #nosec B307\neval(x)  # nosec: B307, B605\n", 2),
        ("eval('# nosec')\n", 0),
        ("eval(x)\n", 0),
    ],
)
def test_suppressions_are_ignored_and_counted(scanner, code, count):
    result = scanner.scan(code)
    assert result.status == "flagged"
    assert result.suppressions == count


def test_suppressions_are_counted_where_nothing_parses(scanner):
    assert scanner.scan("x = 1  # nosec\ndef f(:\n").suppressions == 1


@pytest.mark.parametrize(
    "code",
    [
        "password = '" + "p" * 100_000 + "'",
        "password = '\\x00\\x1b[31m\\n\\u202e\\ud800'",
        "password = '''\n" + "line\n" * 1000 + "'''",
    ],
)
def test_messages_are_one_bounded_printable_line(scanner, code):
    (finding,) = scanner.scan(code).findings
    assert len(finding.message) <= 500
    assert finding.message.isprintable()


def test_findings_are_bounded_and_still_flag(scanner):
    result = scanner.scan("eval(x)\n" * 12_000)
    assert len(result.findings) == 10_000


@pytest.mark.parametrize(
    "code",
    [
        "x = '" + "a" * (1 << 20) + "'\neval(x)\n",
        "x = 1 #" + "a" * (1 << 20) + "\neval(x)\n",
        "eval(" + "x" * (1 << 20) + ")",
    ],
)
def test_a_line_of_a_megabyte_gets_its_verdict(scanner, code):
    assert scanner.scan(code).status == "flagged"


def test_hostile_source_never_runs(scanner, tmp_path):
    canary = tmp_path / "canary"
    strike = f"open({str(canary)!r}, 'w').close()"
    for code in (strike, f"import builtins\n{strike}", f"def f(x={strike}): pass", f"__import__('os').{strike}"):
        assert isinstance(scanner.scan(code), Scanned)
    assert not canary.exists()


def test_configuration_in_the_working_directory_changes_nothing(tmp_path):
    (tmp_path / ".bandit").write_text("[bandit]\nskips = B307\n")
    (tmp_path / "pyproject.toml").write_text('[tool.bandit]\nskips = ["B307"]\n')
    (tmp_path / "yaml.py").write_text("raise SystemExit('imported from the working directory')\n")
    script = "from pythonsecurityeval.scanners.bandit import BanditScanner as B; print(B().scan('eval(x)').status)"
    ended = subprocess.run(
        [sys.executable, "-P", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "flagged\n"


def test_the_home_folder_is_left_alone(tmp_path):
    script = "from pythonsecurityeval.scanners.bandit import BanditScanner as B; print(B().scan('eval(x)').status)"
    environment = {"HOME": str(tmp_path), "PYTHONHASHSEED": "1"}
    subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=True)
    assert list(tmp_path.iterdir()) == []


def test_a_source_that_takes_too_long_is_unscannable_and_the_next_is_scanned():
    with BanditScanner(cpu_s=0.5) as scanner:
        started = time.monotonic()
        late = scanner.scan(HOLDS_UP_BANDIT)
        assert time.monotonic() - started < 20
        assert late == Unscannable(status="unscannable", reason="takes Bandit more than 0.5 s of CPU time")
        assert scanner.scan("eval(x)").status == "flagged"


def test_a_source_that_needs_too_much_memory_is_unscannable_and_the_next_is_scanned():
    with BanditScanner(memory_mb=192) as scanner:
        greedy = scanner.scan("x = 1\n" * 400_000)
        assert greedy == Unscannable(status="unscannable", reason="nested too deeply, or needs too much memory")
        assert scanner.scan("eval(x)").status == "flagged"


def test_a_soft_limit_of_the_shell_changes_no_verdict():
    script = (
        "import resource\nfrom pythonsecurityeval.scanners.bandit import BanditScanner as B\n"
        "resource.setrlimit(resource.RLIMIT_DATA, (50_000_000, resource.getrlimit(resource.RLIMIT_DATA)[1]))\n"
        "print(B().scan('x = 1\\n' * 20_000).status)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr) == ("clean\n", "")


def test_a_hard_limit_below_what_the_scanner_needs_is_the_machines_fault():
    script = (
        "import resource\nfrom pythonsecurityeval.scanners.bandit import BanditScanner as B\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))\n"
        "B().scan('eval(x)')"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "address space is limited to 734003200, and the scanner needs 1073741824; see ulimit -v" in ended.stderr
    assert "InfrastructureError: the scanner's process does not start" in ended.stderr


def test_a_worker_killed_by_someone_else_does_not_change_a_verdict(workers):
    with BanditScanner() as scanner:
        scanner.scan("x = 1")
        (worker,) = workers()
        os.kill(worker, signal.SIGKILL)
        assert scanner.scan("eval(x)").status == "flagged"


def test_workers_that_were_all_killed_while_they_waited_do_not_change_a_verdict(workers):
    with BanditScanner() as scanner:
        while len(workers()) < 2:
            list(scan_many(scanner, (f"eval({i}, {len(workers())})" for i in range(200)), jobs=4))
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
        assert scanner.scan("eval(x)").status == "flagged"


def test_a_worker_killed_at_work_is_replaced_and_the_source_scanned_again(workers):
    with BanditScanner(cpu_s=1.5) as scanner:
        scanner.scan("x = 1")
        (worker,) = workers()
        killer = threading.Timer(0.4, os.kill, (worker, signal.SIGKILL))
        killer.start()
        assert scanner.scan(HOLDS_UP_BANDIT).reason == "takes Bandit more than 1.5 s of CPU time"
        killer.join()


def test_ctrl_c_at_the_terminal_leaves_the_workers_at_work(workers):
    with BanditScanner() as scanner:
        scanner.scan("x = 1")
        before = workers()
        for worker in before:
            os.kill(worker, signal.SIGINT)
        assert scanner.scan("eval(x)").status == "flagged"
        assert workers() == before


def test_no_process_is_left_over(workers):
    with BanditScanner() as scanner:
        assert len(list(scan_many(scanner, (f"eval({i})" for i in range(20)), jobs=2))) == 20
        assert workers()
    assert not workers()


def test_a_scanner_that_is_dropped_ends_its_workers(workers):
    scanner = BanditScanner()
    scanner.scan("x = 1")
    assert workers()
    del scanner
    gc.collect()
    assert not workers()


def test_many_come_back_in_order_and_the_same_twice():
    sources = [f"import os\n{'# pad' * (37 * i % 11) * 500}\nos.system({i})\nx{i} = eval('{i}')\n" for i in range(60)]
    sources[7] = sources[40] = "def f(:"
    sources[9] = ""
    with BanditScanner() as two, BanditScanner() as one:
        results = list(scan_many(two, sources, jobs=2))
        assert results == [one.scan(source) for source in sources]
    assert [results[7].status, results[9].status] == ["unscannable", "no_code"]


def test_many_read_only_a_little_ahead():
    taken = itertools.count()
    sources = (f"x = {next(taken)}\n" for _ in itertools.count())
    with BanditScanner() as scanner:
        results = scan_many(scanner, sources, jobs=2)
        for _ in range(5):
            assert next(results).status == "clean"
        results.close()
    assert next(taken) <= 5 + 8


def test_the_cache_is_used_and_bounded():
    with BanditScanner(cache=3) as scanner:
        first = scanner.scan("eval(x)")
        assert scanner.scan("eval(x)") is first
        for number in range(3):
            scanner.scan(f"x = {number}")
        assert scanner.scan("eval(x)") is not first
        assert scanner.scan("eval(x)") == first


def test_the_rules_are_the_pinned_ones():
    worker = _bandit_process.Worker(cpu_s=10, wall_s=60, memory_mb=1024)
    worker.close()
    of = functools.partial(_bandit_process.rules_sha256, version=BanditScanner.version)
    assert BanditScanner.version == importlib.metadata.version("bandit") == "1.9.4"
    assert of(worker.rules) == of(worker.rules[::-1]) == BanditScanner.rules_sha256
    assert of(worker.rules[1:]) != BanditScanner.rules_sha256
    assert len(worker.rules) == 75
    assert ["B307", "eval"] in worker.rules


def test_another_set_of_rules_is_refused(monkeypatch, workers):
    monkeypatch.setattr(_bandit_process, "RULES_SHA256", "0" * 64)
    with pytest.raises(EnvironmentMissing, match="does not load its own rules: pip install"):
        BanditScanner().scan("eval(x)")
    assert not workers()


def test_another_version_is_refused(monkeypatch):
    monkeypatch.setattr(_bandit_process, "VERSION", "9.9.9")
    with pytest.raises(EnvironmentMissing, match=r"needs bandit 9\.9\.9, found 1\.9\.4"):
        list(scan_many(BanditScanner(), ["eval(x)"]))


def test_a_worker_that_does_not_start_is_this_machines_fault(monkeypatch):
    monkeypatch.setattr(_bandit_process, "_WORKER", "pythonsecurityeval.errors")
    with pytest.raises(InfrastructureError, match=r"does not start \(exit status 1\)"):
        BanditScanner().scan("eval(x)")


def kill_each(workers, number: signal.Signals, done: threading.Event) -> threading.Thread:
    """Kills, in a thread, every worker that is at work, until ``done``; one that only starts needs less CPU time."""

    def hunt() -> None:
        while not done.wait(0.05):
            for worker in workers():
                if cpu_of(worker) > 1.5:
                    os.kill(worker, number)

    thread = threading.Thread(target=hunt)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (signal.SIGKILL, "the scanner's process was lost twice over it (signal 9)"),
        (signal.SIGSEGV, "crashes the scanner's process (signal 11)"),
    ],
)
def test_a_source_over_which_workers_die_is_unscannable(workers, number, reason):
    done = threading.Event()
    with BanditScanner(cpu_s=5) as scanner:
        scanner.scan("x = 1")
        hunter = kill_each(workers, number, done)
        try:
            assert scanner.scan(HOLDS_UP_BANDIT).reason == reason
        finally:
            done.set()
            hunter.join()


def test_every_cwe_that_bandit_names_is_known():
    issue = pytest.importorskip("bandit.core.issue")
    numbers = [value for name, value in vars(issue.Cwe).items() if name.isupper() and isinstance(value, int) and value]
    assert len(numbers) > 20
    assert [n for n in numbers if not cwe.is_known(f"CWE-{n}")] == []
