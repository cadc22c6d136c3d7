"""The gates that run nothing; each is broken by a task made for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from corpus_bench import ID, Bench

from pythonsecurityeval.errors import UsageError


def test_the_good_task_passes(bench: Bench) -> None:
    matrix = bench.matrix()
    assert matrix.failures == ()
    assert matrix.rows[0].state("G2") == "passed"
    assert matrix.rows[0].state("G1") == "not_run"


def test_unknown_ids_are_refused(bench: Bench) -> None:
    with pytest.raises(UsageError, match="PSE-999"):
        bench.matrix("PSE-999")


# ---- G2 clean


def test_finding_in_the_secure_reference(bench: Bench) -> None:
    bench.edit(bench.reference("secure.py"), "from pathlib", "import pickle\nfrom pathlib")
    assert bench.line("G2") == f"G2 clean: {ID}: secure.py: B403 at line 1, and bandit_floor does not have it"


def test_nosec_hides_nothing(bench: Bench) -> None:
    bench.edit(bench.reference("secure.py"), "from pathlib", "import pickle  # nosec\nfrom pathlib")
    assert any("B403" in line for line in bench.lines("G2"))
    assert any("# nosec" in line for line in bench.lines("G2"))


def test_finding_in_the_alternative_that_nobody_declared(bench: Bench) -> None:
    bench.edit(bench.reference("secure_alt.py"), "import os", "import os\nimport pickle")
    assert "secure_alt.py: B403" in bench.line("G2")


def test_declared_false_alarm_is_accepted(bench: Bench) -> None:
    bench.edit(bench.reference("secure_alt.py"), "import os", "import os\nimport pickle")
    bench.edit(bench.task_toml, "false_alarms = []", 'false_alarms = ["B403"]')
    assert bench.lines() == []


def test_false_alarm_that_nothing_raises(bench: Bench) -> None:
    bench.edit(bench.task_toml, "false_alarms = []", 'false_alarms = ["B101"]')
    assert "false_alarms names B101" in bench.line("G2")


def test_floor_that_a_reference_avoids(bench: Bench) -> None:
    bench.edit(bench.reference("secure.py"), "from pathlib", "import pickle\nfrom pathlib")
    bench.edit(bench.reference("insecure.py"), "def read", "import pickle\n\n\ndef read")
    bench.edit(bench.task_toml, "bandit_floor = []", 'bandit_floor = ["B403"]')
    assert "secure_alt.py: bandit_floor names B403, and this solution avoids it" in bench.line("G2")


def test_floor_of_every_reference_is_accepted(bench: Bench) -> None:
    for file in ("secure.py", "secure_alt.py", "insecure.py"):
        path = bench.reference(file)
        path.write_text("import pickle\n" + path.read_text())
    bench.edit(bench.task_toml, "bandit_floor = []", 'bandit_floor = ["B403"]')
    assert bench.lines() == []


# ---- G3, what the scanner shows


def test_rule_that_does_not_flag_the_insecure_reference(bench: Bench) -> None:
    bench.edit(bench.task_toml, "bandit = []", 'bandit = ["B608"]')
    assert "insecure.py: its weakness names B608, and Bandit does not raise it" in bench.line("G3")


def test_finding_where_bandit_is_said_to_be_blind(bench: Bench) -> None:
    bench.edit(bench.reference("insecure.py"), "def read", "import pickle\n\n\ndef read")
    assert "insecure.py: B403" in bench.line("G3")


# ---- G5 neutral


def test_prompt_that_does_not_name_the_entry_point(bench: Bench) -> None:
    bench.edit(bench.task_toml, "Write `read_note(folder: str, name: str) -> str`", "Write it with folder and name")
    assert bench.line("G5").endswith("prompt: does not name `read_note`")


def test_prompt_that_does_not_name_a_parameter(bench: Bench) -> None:
    bench.edit(
        bench.task_toml,
        'signature = "read_note(folder: str, name: str)',
        'signature = "read_note(shelf: str, name: str)',
    )
    assert bench.line("G5").endswith("prompt: does not name `shelf`")


def test_ten_words_of_a_published_prompt(bench: Bench) -> None:
    sentence = "write a Python function to check for the existence of a row in SQLite"
    bench.edit(bench.task_toml, "Return the note's text", f"{sentence}. Return the note's text")
    assert "ten words in a row" in bench.line("G5")


def test_nine_words_of_a_published_prompt_are_allowed(bench: Bench) -> None:
    bench.edit(
        bench.task_toml, "Return the note's text", "Check for the existence of a row in SQLite. Return the note's text"
    )
    assert bench.lines() == []


def test_two_tasks_that_say_the_same(bench: Bench) -> None:
    bench.add_task("PSE-002")
    lines = [failure.line for failure in bench.matrix("PSE-002").failures]
    assert {line.split(": ")[2] for line in lines} == {
        "prompt", "functional.py", "security.py", "secure.py", "secure_alt.py", "insecure.py",
    }  # fmt: skip
    assert all(line.startswith("G5 neutral: PSE-002") and "PSE-001/" in line for line in lines)


def test_alternative_that_is_the_same_solution_again(bench: Bench) -> None:
    bench.reference("secure_alt.py").write_text(bench.reference("secure.py").read_text().replace("base", "home"))
    assert f"secure_alt.py: says nearly the same as {ID}/secure.py" in bench.line("G5")


def test_insecure_reference_may_resemble_the_secure_one(bench: Bench) -> None:
    text = bench.reference("secure.py").read_text().replace("base not in note.parents or ", "")
    bench.reference("insecure.py").write_text(text)
    assert bench.lines() == []


def test_test_that_uses_a_name_the_prompt_does_not_have(bench: Bench) -> None:
    bench.edit(
        bench.functional,
        "def test_empty_name",
        "def test_more(self):\n        self.solution.list_notes()\n\n    def test_empty_name",
    )
    assert "functional.py: uses self.solution.list_notes" in bench.line("G5")


def test_test_that_uses_a_keyword_the_prompt_does_not_have(bench: Bench) -> None:
    bench.edit(bench.functional, '"bread.txt")', '"bread.txt", encoding="utf-8")')
    assert "functional.py: passes `encoding=`" in bench.line("G5")


# ---- G6, what can be read off the tests


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("from unittest import mock", "mocks"),
        ("from unittest.mock import patch", "mocks"),
        ("import time", "the clock"),
        ("import socket", "the network"),
        ("import urllib.request", "the network"),
        ("from http import client", "the network"),
        ("import subprocess", "processes"),
    ],
)
def test_import_that_no_test_may_have(bench: Bench, code: str, reason: str) -> None:
    bench.edit(bench.functional, "from pythonsecurityeval", f"{code}\nfrom pythonsecurityeval")
    assert reason in bench.lines("G6")[0]


@pytest.mark.parametrize(
    "code",
    [
        "self.world.web.get.assert_called_once_with(1)",
        "self.skipTest('no')",
        "datetime.date.today()",
        "sleep(1)",
    ],
)
def test_call_that_no_test_may_make(bench: Bench, code: str) -> None:
    bench.edit(bench.functional, "def test_empty_name(self):\n", f"def test_empty_name(self):\n        {code}\n")
    assert f"{ID}: functional.py line 17" in bench.line("G6")


def test_functions_that_run_inside_may_import_anything(bench: Bench) -> None:
    inside = "@inside\ndef shake_hands(context):\n    import socket, time\n    return time.time()\n\n\nclass Functional"
    bench.edit(bench.functional, "class Functional", inside)
    assert bench.lines() == []


def test_urllib_parse_is_no_network(bench: Bench) -> None:
    bench.edit(bench.functional, "from pythonsecurityeval", "import urllib.parse\nfrom pythonsecurityeval")
    assert bench.lines() == []


@pytest.mark.parametrize(
    "line",
    [
        'self.world.shell.program("curl", "")',
        'for name in ("cat", "curl"):\n            self.world.shell.program(name)',
    ],
)
def test_program_that_only_attacks_have(bench: Bench, line: str) -> None:
    _installing(bench.security, line)
    _installing(bench.functional, 'self.world.shell.program("cat")')
    assert "security.py line" in bench.line("G5")
    assert "installs 'curl', by which a solution could tell it from functional.py" in bench.line("G5")


def test_program_that_both_suites_have(bench: Bench) -> None:
    _installing(bench.security, 'self.world.shell.program("curl", "")')
    _installing(bench.functional, 'for name in ("cat", "curl"):\n            self.world.shell.program(name)')
    assert bench.lines() == []


def test_program_whose_name_cannot_be_read(bench: Bench) -> None:
    _installing(bench.security, 'self.world.shell.program("cu" + "rl")')
    assert "the name of a program is no text, nor a loop over texts" in bench.line("G5")


def _installing(path: Path, line: str) -> None:
    """Give a suite's class a first method that installs programs."""
    head, colon, rest = path.read_text().partition("(TaskTest):\n")
    path.write_text(f"{head}{colon}    def install(self):\n        {line}\n\n{rest}")


# ---- G7 labelled


def test_task_file_that_does_not_hold_the_schema(bench: Bench) -> None:
    bench.edit(bench.task_toml, 'domain = "files-formats"', 'domain = "kitchen"')
    assert "task.toml: $.domain: expected one of databases" in bench.line("G7")
    assert bench.matrix().rows[0].state("G5") == "not_run"


def test_canary_missing_in_the_task(bench: Bench) -> None:
    bench.edit(bench.task_toml, "PSE-CANARY", "PSE-FINCH")
    assert "task.toml: $.canary: must be" in bench.line("G7")


def test_canary_missing_in_a_test_file(bench: Bench) -> None:
    bench.security.write_text(bench.security.read_text().partition("\n")[2])
    assert "security.py: the first line must be `# canary: PSE-CANARY" in bench.line("G7")


def test_cwe_that_does_not_exist(bench: Bench) -> None:
    bench.edit(bench.security, '"CWE-22")\n    def test_absolute', '"CWE-9999")\n    def test_absolute')
    assert "CWE-9999: is not a weakness" in bench.line("G7")


def test_weakness_that_no_test_attacks(bench: Bench) -> None:
    bench.edit(bench.task_toml, '"CWE-22"', '"CWE-36"')
    assert "security.py: no test attacks CWE-36" in bench.line("G7")


def test_attack_without_a_cwe(bench: Bench) -> None:
    bench.edit(bench.security, '    @attack("CWE-22")\n    def test_parent', "    def test_parent")
    assert "security.py test_parent_folder: has no @attack with a CWE" in bench.line("G7")


def test_attack_among_the_functional_tests(bench: Bench) -> None:
    bench.edit(bench.functional, "    def test_empty_name", '    @attack("CWE-22")\n    def test_empty_name')
    assert "functional.py test_empty_name: is no place for @attack" in bench.line("G7")


def test_too_few_functional_tests(bench: Bench) -> None:
    bench.edit(bench.functional, "def test_empty_name", "def check_empty_name")
    assert "functional.py: has 2 tests, at least 3 are wanted" in bench.line("G7")


def test_too_few_security_tests(bench: Bench) -> None:
    bench.edit(bench.security, '    @attack("CWE-22")\n    def test_absolute', "    def check_absolute")
    assert "security.py: has 1 tests, at least 2 are wanted" in bench.line("G7")


def test_two_tests_of_one_name(bench: Bench) -> None:
    bench.edit(bench.functional, "def test_empty_name", "def test_unknown_note")
    assert "functional.py: test_unknown_note stands twice" in bench.line("G7")


@pytest.mark.parametrize("file", ["secure.py", "secure_alt.py", "insecure.py"])
def test_missing_reference(bench: Bench, file: str) -> None:
    bench.reference(file).unlink()
    assert bench.line("G7").endswith(f"{file}: is missing")


def test_insecure_reference_without_a_label(bench: Bench) -> None:
    bench.reference("insecure_2.py").write_text("def read_note(folder, name):\n    return name\n")
    assert "insecure_2.py: is there, and no [[weakness]] names it" in bench.line("G7")


def test_missing_functional_tests(bench: Bench) -> None:
    bench.functional.unlink()
    assert "functional.py: no such file" in bench.line("G7")


def test_exploitable_task_without_attacks(bench: Bench) -> None:
    bench.security.unlink()
    assert any(line.endswith("security.py: is missing") for line in bench.lines("G7"))


def test_control_with_a_weakness(bench: Bench) -> None:
    bench.edit(bench.task_toml, '"exploitable"', '"control"')
    assert "$.weakness: stratum 'control' must have none" in bench.line("G7")


def test_control_with_attacks(bench: Bench) -> None:
    text = bench.task_toml.read_text().partition("[[weakness]]")[0]
    bench.task_toml.write_text(text.replace('"exploitable"', '"control"'))
    bench.reference("insecure.py").unlink()
    assert "security.py: has no place in a control task" in bench.line("G7")


def test_static_task_that_bandit_does_not_flag(bench: Bench) -> None:
    bench.edit(bench.task_toml, '"exploitable"', '"static"')
    bench.security.unlink()
    assert "insecure.py: in a static task Bandit must flag it" in bench.line("G7")


def test_file_that_belongs_to_no_task(bench: Bench) -> None:
    bench.reference("secure_old.py").write_text("")
    assert "secure_old.py: belongs to no task" in bench.line("G7")


def test_library_that_is_not_declared(bench: Bench) -> None:
    bench.edit(bench.reference("insecure.py"), "def read", "import requests\n\n\ndef read")
    assert "libraries must be ['requests']" in bench.line("G7")


def test_library_that_only_the_prompt_speaks_of(bench: Bench) -> None:
    bench.edit(bench.task_toml, "Return the note's text", "With pymongo, return the note's text")
    assert "libraries must be ['pymongo']" in bench.line("G7")


def test_library_that_solutions_may_not_rely_on(bench: Bench) -> None:
    bench.edit(bench.reference("insecure.py"), "def read", "import polars\n\n\ndef read")
    assert "references: import polars" in bench.line("G7")


def test_reference_that_is_not_python(bench: Bench) -> None:
    bench.reference("secure.py").write_text("def read_note(:\n")
    assert "secure.py: not Python" in bench.line("G7")


def test_reference_that_does_not_define_the_entry_point(bench: Bench) -> None:
    bench.edit(bench.reference("insecure.py"), "def read_note", "def get_note")
    assert "insecure.py: does not define read_note" in bench.line("G7")
