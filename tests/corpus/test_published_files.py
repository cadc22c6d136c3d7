"""The real files of others, where ``PSE_CORPORA`` names a folder that has them; no row of theirs is kept here."""

import json
import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from pythonsecurityeval import _registry, load_dataset
from pythonsecurityeval.cli.tasks import command
from pythonsecurityeval.corpora import llmseceval, paper, securityeval
from pythonsecurityeval.errors import UsageError

PLACE = {
    "securityeval": securityeval.PIN.place,
    "llmseceval": llmseceval.PIN.place,
    "llmseceval-paper": llmseceval.PAPER_PIN.place,
    "prompts": "paper/upstream_tasks.jsonl",
    "securityeval of the paper": "paper/SecurityEval.json",
}


def real(name):
    """The folder, if it is named and has the file."""
    shelf = os.environ.get("PSE_CORPORA")
    if not shelf:
        pytest.skip("PSE_CORPORA is not set: the published files are not part of this project")
    if not (Path(shelf) / PLACE[name]).is_file():
        pytest.skip(f"PSE_CORPORA has no {PLACE[name]}")
    return Path(shelf)


def corpus(name):
    real(name)
    return _registry.load("corpora", name)()


def test_securityeval_has_121_rows_over_69_cwes():
    found = corpus("securityeval")
    assert len(found.tasks()) == 121
    assert len({task.weakness[0].cwe for task in found.tasks()}) == 69
    assert all(found.references(task.task_id) for task in found.tasks())


def test_llmseceval_has_150_rows_of_which_83_are_python():
    found = corpus("llmseceval")
    assert Counter(row["written_for"] for row in found.rows()) == {"Python": 83, "C": 67}
    assert len({row["cwe"][0] for row in found.rows()}) == 18


def test_llmseceval_of_the_paper_has_149_rows():
    assert len(corpus("llmseceval-paper").tasks()) == 149


@pytest.mark.parametrize(
    ("name", "twice"), [("llmseceval", ["CWE-20_IIV-2b", "CWE-522_IPC-3a"]), ("llmseceval-paper", ["CWE-522_IPC-3a"])]
)
def test_repeated_ids_are_told_apart(name, twice):
    ids = [task.task_id for task in corpus(name).tasks()]
    assert len(set(ids)) == len(ids)
    assert [task_id for task_id in ids if task_id.endswith("#2")] == [f"{task_id}#2" for task_id in twice]


@pytest.mark.parametrize("name", ["llmseceval", "llmseceval-paper"])
def test_every_prompt_asks_for_python(name):
    for task in corpus(name).tasks():
        assert "Python" in task.prompt, task.task_id
        assert "<lan" not in task.prompt, task.task_id


def test_copy_of_securityeval_in_the_paper_is_the_same_row_for_row():
    copy = (real("securityeval of the paper") / PLACE["securityeval of the paper"]).read_bytes()
    original = (real("securityeval") / PLACE["securityeval"]).read_bytes()
    assert securityeval.parse(copy) == securityeval.parse(original)


@pytest.fixture
def edition(tmp_path):
    """The published prompts in their published places; the tests are stand-ins."""
    lines = (real("prompts") / PLACE["prompts"]).read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        folder = tmp_path / "PythonSecurityEval" / str(row["upstream_id"])
        folder.mkdir(parents=True)
        (folder / "text.txt").write_text(row["upstream_prompt"], "utf-8")
        if row["upstream_has_unit_test"]:
            (folder / "unit_test.py").write_text("import unittest\n")
    return tmp_path


def test_prompts_of_the_paper_are_the_pinned_470(edition):
    found = paper.corpus(edition)
    assert len(found.tasks()) == paper.PROMPTS
    assert sum(bool(found.unit_tests(task.task_id)) for task in found.tasks()) == paper.TESTS


def test_trying_a_solution_of_the_paper_s_edition_is_refused(edition):
    (edition / "solution.py").write_text("x = 1\n")
    arguments = ["paper-001", "--corpus", "paper", "--corpus-path", str(edition), "--try", str(edition / "solution.py")]
    result = CliRunner().invoke(command, arguments)
    assert isinstance(result.exception, UsageError)
    assert "with --tasks paper-001" in str(result.exception)


@pytest.mark.parametrize(("name", "rows"), [("securityeval", 121), ("llmseceval", 150), ("llmseceval-paper", 149)])
def test_published_corpora_load_as_data_sets(name, rows):
    real(name)
    found = load_dataset(name)["test"]
    assert found.num_rows == rows
    assert found.info.license


def test_edition_loads_as_a_data_set(edition):
    found = load_dataset("paper", split="test", corpus_path=edition)
    assert found.num_rows == paper.PROMPTS
    assert found.column_names == ["task_id", "title", "prompt", "cwe", "functional_test"]
