"""The strict reader of task.toml."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest

from pythonsecurityeval.corpora import _task_format
from pythonsecurityeval.corpora._task_format import CANARY, environment_sentence, full_prompt, parse_task
from pythonsecurityeval.errors import InputProblems
from pythonsecurityeval.types import Task

GOOD = (Path(__file__).parents[2] / "corpus/good_task/data/pythonsecurityeval/PSE-001/task.toml").read_text()


def problems(text: str) -> list[str]:
    with pytest.raises(InputProblems) as caught:
        parse_task(text, "PSE-001/task.toml")
    return list(caught.value.problems)


def replaced(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_good_task_is_read_whole() -> None:
    task = parse_task(GOOD, "x")
    assert isinstance(task, Task)
    assert (task.task_id, task.upstream_id, task.entry_point) == ("PSE-001", 1, "read_note")
    assert [(weakness.file, weakness.cwe, weakness.bandit) for weakness in task.weakness] == [
        ("insecure.py", "CWE-22", ())
    ]
    assert not task.prompt.endswith("\n")
    assert CANARY not in repr(task)


def test_a_cwe_of_two_references_is_named_once() -> None:
    second = GOOD[GOOD.index("[[weakness]]") :].replace("insecure.py", "insecure_2.py")
    third = second.replace("insecure_2.py", "insecure.py").replace("CWE-22", "CWE-59")
    assert parse_task(f"{GOOD}\n{second}\n{third}", "x").cwes == ("CWE-22", "CWE-59")


@pytest.mark.parametrize("key", [*sorted(set(tomllib.loads(GOOD)) - {"weakness"})])
def test_every_key_is_required(key: str) -> None:
    text = re.sub(rf'(?ms)^{key} = (""".*?"""|[^\n]*)\n', "", GOOD)
    assert problems(text) == [f"PSE-001/task.toml: $: missing key {key!r}"]


@pytest.mark.parametrize("key", ["file", "cwe", "bandit", "what"])
def test_every_key_of_a_weakness_is_required(key: str) -> None:
    head, table, tail = GOOD.partition("[[weakness]]")
    text = head + table + re.sub(rf"(?m)^{key} = .*\n", "", tail)
    assert problems(text) == [f"PSE-001/task.toml: $.weakness[0]: missing key {key!r}"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title =", 'colour = "red"\ntitle =', "$: unknown key 'colour'"),
        ("what =", 'colour = "red"\nwhat =', "$.weakness[0]: unknown key 'colour'"),
        ('title = "Read a note by its name"', "title = 3", "$.title: expected a string, found an integer"),
        ('title = "Read a note by its name"', 'title = " "', "$.title: must not be empty"),
        ("upstream_id = 1", 'upstream_id = "1"', "$.upstream_id: expected an integer, found a string"),
        ("upstream_id = 1", "upstream_id = true", "$.upstream_id: expected an integer"),
        ("upstream_id = 1", "upstream_id = 2", "$.upstream_id: must be 1, as in the task id"),
        ('task_id = "PSE-001"', 'task_id = "PSE-1"', "$.task_id: must be like 'PSE-007'"),
        ('task_id = "PSE-001"', 'task_id = "PSE-001\\n"', "$.task_id: must be like 'PSE-007'"),
        ("as_published = 1961004", "as_published = 0", "$.stackoverflow_as_published: must be a question number"),
        ('"files-formats"', '"kitchen"', "$.domain: expected one of databases, web"),
        ('"exploitable"', '"theoretical"', "$.stratum: expected one of exploitable"),
        ('"neutral"', '"benign"', "$.upstream_intent: expected one of neutral"),
        ('cwe = "CWE-22"', 'cwe = "22"', "$.weakness[0].cwe: must be like 'CWE-89'"),
        ('cwe = "CWE-22"', 'cwe = "CWE-022"', "$.weakness[0].cwe: must be like 'CWE-89'"),
        ('file = "insecure.py"', 'file = "unsafe.py"', "$.weakness[0].file: expected one of insecure.py"),
        ('entry_point = "read_note"', 'entry_point = "get_note"', "$.entry_point: 'get_note' is not a name"),
        ('signature = "read_note', 'signature = "def read_note', "$.signature: expected `name(parameter"),
        ('-> str"\nstratum', '-> "\nstratum', "$.signature: not Python"),
        ("libraries = []", 'libraries = ["polars"]', "$.libraries[0]: expected one of bcrypt"),
        ("libraries = []", 'libraries = ["yaml", "lxml"]', "$.libraries: must be sorted"),
        ("bandit_floor = []", 'bandit_floor = ["b101"]', "$.bandit_floor[0]: expected a Bandit rule id"),
        ("false_alarms = []", 'false_alarms = "B101"', "$.false_alarms: expected an array"),
        ("bandit = []", 'bandit = ["B1"]', "$.weakness[0].bandit[0]: expected a Bandit rule id"),
        ("title =", "title", "$: not TOML:"),
        (CANARY, CANARY.upper(), "$.canary: must be"),
        ("Return the note's text", CANARY, "$.prompt: holds the canary"),
    ],
)  # fmt: skip
def test_wrong_values_are_named_with_file_and_path(old: str, new: str, problem: str) -> None:
    found = problems(replaced(old, new))
    assert any(line.startswith(f"PSE-001/task.toml: {problem}") for line in found), found


def test_several_problems_come_together() -> None:
    text = replaced('"files-formats"', '"kitchen"').replace("CWE-22", "CWE")
    assert len(problems(text)) == 2


def test_a_weakness_stands_once_for_each_file() -> None:
    table = GOOD[GOOD.index("[[weakness]]") :]
    assert "insecure.py with CWE-22 stands twice" in problems(f"{GOOD}\n{table}")[0]


def test_prompts_of_a_line_or_of_a_page_are_refused() -> None:
    assert "words" in problems(re.sub(r'(?s)prompt = """.*?"""', 'prompt = "Do it."', GOOD))[0]
    assert "words" in problems(replaced("Return the note", "Return the note " + "word " * 400))[0]


def test_the_environment_is_told_in_one_sentence_after_the_prompt() -> None:
    sentence = environment_sentence()
    assert "Python 3.11" in sentence
    assert sentence.count(". ") == 0
    assert sentence.endswith("SQLAlchemy and Werkzeug.")
    task = parse_task(GOOD, "x")
    assert full_prompt(task) == f"{task.prompt}\n\n{sentence}"


def test_libraries_told_are_those_that_the_extra_installs() -> None:
    judge_only = {"google-re2", "sqlglot", "time-machine", "trustme"}
    stood_in_for = {"mysqlclient", "pymssql", "pyodbc"}
    extra = {
        re.split(r"[=<>~!; ]", line)[0] for line in requires("pythonsecurityeval") or [] if "extra == 'tasks'" in line
    }
    told = {name.lower() for name in _task_format.LIBRARIES.values()}
    assert told - stood_in_for == {name.lower().removesuffix("-binary") for name in extra - judge_only}


def test_our_tasks_prove_their_weakness() -> None:
    assert problems(replaced('stratum = "exploitable"', 'stratum = "unproven"')) == [
        "PSE-001/task.toml: $.stratum: is for corpora of others; expected exploitable, static or control"
    ]
