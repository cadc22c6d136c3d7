"""Loading the corpus from a folder."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from pythonsecurityeval import _registry
from pythonsecurityeval.corpora import pythonsecurityeval as corpus
from pythonsecurityeval.errors import InputProblems, UsageError
from pythonsecurityeval.protocols import Corpus

GOOD = Path(__file__).parents[2] / "corpus/good_task"
TASK = corpus.TASKS / "PSE-001"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "corpus")
    return tmp_path / "corpus"


def test_tasks_tests_and_references_are_loaded_apart(root: Path) -> None:
    full = corpus.full(root)
    assert isinstance(full, Corpus)
    assert [task.task_id for task in full.tasks()] == ["PSE-001"]
    assert [test.suite for test in full.unit_tests("PSE-001")] == ["functional", "security"]
    assert [reference.file for reference in full.references("PSE-001")] == ["secure.py", "secure_alt.py", "insecure.py"]
    assert full.references("PSE-001")[0].code == (root / TASK / "secure.py").read_text()


def test_shipped_corpora_are_registered() -> None:
    assert _registry.load("corpora", "pythonsecurityeval")().root == corpus.default_root()
    mini = _registry.load("corpora", "mini")()
    assert mini.name == "mini"
    assert len(mini.only) == len(set(mini.only)) == 42


def test_mini_is_the_tasks_of_its_list(root: Path) -> None:
    assert [task.task_id for task in corpus.mini(root).tasks()] == ["PSE-001"]
    (root / corpus.MINI).write_text("PSE-001 PSE-002 # two\n")
    with pytest.raises(UsageError, match="PSE-002"):
        corpus.mini(root).tasks()


def test_task_in_the_wrong_folder(root: Path) -> None:
    (root / TASK).rename(root / corpus.TASKS / "PSE-002")
    with pytest.raises(InputProblems, match="the folder is 'PSE-002'"):
        corpus.load_tasks(root)


def test_problems_of_all_tasks_come_together(root: Path) -> None:
    shutil.copytree(root / TASK, root / corpus.TASKS / "PSE-002")
    for task_id in ("PSE-001", "PSE-002"):
        (root / corpus.TASKS / task_id / "task.toml").write_text("title = 3")
    with pytest.raises(InputProblems) as caught:
        corpus.full(root).tasks()
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("task_id", ["../PSE-001", "PSE-1", "", "PSE-001/../PSE-001", "pse-001", "PSE-0011"])
def test_ids_that_are_paths_are_refused(root: Path, task_id: str) -> None:
    for load in (corpus.load_task, corpus.load_unit_tests, corpus.load_references):
        with pytest.raises(UsageError, match="not a task id"):
            load(root, task_id)


def test_folder_without_tasks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        corpus.full(tmp_path).tasks()


def test_files_that_are_not_utf8(root: Path) -> None:
    (root / TASK / "task.toml").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8 at byte 0"):
        corpus.load_task(root, "PSE-001")


def test_hash_is_that_of_the_sums_and_sees_every_file(root: Path) -> None:
    assert corpus.full(root).sha256 == hashlib.sha256(corpus.sums(root).encode()).hexdigest()
    before = corpus.full(root).sha256
    for path in list(corpus.corpus_files(root)):
        whole = (root / path).read_bytes()
        (root / path).write_bytes(whole + b"\n")
        assert corpus.full(root).sha256 != before, path
        (root / path).write_bytes(whole)
    (root / TASK / "notes.txt").write_text("stray")
    assert corpus.full(root).sha256 == before


def test_version_is_that_of_the_corpus(root: Path) -> None:
    assert corpus.full(root).version == "1.0.0"


def test_mini_and_what_it_leaves_out_are_the_whole_corpus():
    chosen, left_out = {task.task_id for task in corpus.mini().tasks()}, corpus.mini().left_out
    assert not chosen & left_out
    assert chosen | left_out == {task.task_id for task in corpus.full().tasks()}
    assert corpus.full().left_out == frozenset()
