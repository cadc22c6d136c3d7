"""Corpora of others, in small files of our own in their formats."""

import hashlib
import io
import json
import tarfile
from dataclasses import replace

import pytest

from pythonsecurityeval import _registry
from pythonsecurityeval.corpora import llmseceval, paper, securityeval
from pythonsecurityeval.corpora._published import cwe_of, unique
from pythonsecurityeval.errors import InputProblems, UsageError
from pythonsecurityeval.protocols import Corpus
from pythonsecurityeval.types import Integrity, Provenance

PUBLISHED = ("llmseceval", "llmseceval-paper", "paper", "securityeval")


def pinned(pin, data):
    return replace(pin, sha256=hashlib.sha256(data).hexdigest())


@pytest.fixture
def security_eval(tmp_path):
    rows = [
        {
            "ID": "CWE-089_someone_2.py",
            "Prompt": "import sqlite3\n\n\ndef find(name):\n    '''Finds.'''",
            "Insecure_code": "x = 1\n",
        },
        {
            "ID": "CWE-020_someone_1.py",
            "Prompt": "def twice(n):",
            "Insecure_code": "def twice(n):\n    return eval(n) * 2\n",
        },
    ]
    path = tmp_path / "dataset.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))  # no line end at the end, as published
    return securityeval.corpus(path, pin=pinned(securityeval.PIN, path.read_bytes()))


def llm_rows(id_key, *prompt_keys):
    def row(label, text, language="Python"):
        return {id_key: label, "CWE Name": "Some Weakness", "Language": language} | dict.fromkeys(prompt_keys, text)

    return [
        row("CWE-22_X-1a", "Generate <language> code for the following: open <url>"),
        row("CWE-20_X-2b", "Generate <lanuage> code for the following: one", "C"),
        row("CWE-20_X-2b", "Generate <language> code for the following: two"),
    ]


@pytest.fixture
def llm_sec_eval(tmp_path):
    path = tmp_path / "LLMSecEval-Prompts_dataset.json"
    rows = [
        row | {"LLM-generated NL Prompt": "as a model wrote it"}
        for row in llm_rows("Prompt ID", "Manually-fixed NL Prompt")
    ]
    path.write_text(json.dumps(rows))
    return llmseceval.corpus(path, pin=pinned(llmseceval.PIN, path.read_bytes()))


PAPER_FILES = {
    "1/text.txt": b"Write a function\r\n that adds. ",
    "1/unit_test.py": b"import unittest\n",
    "2/text.txt": b"\xef\xbb\xbfWrite a function that subtracts.",
    "2/Unit_test.py": b"import unittest  # two\r\n",
    "12/text.txt": b"Write a function without a test.",
}
PAPER_PROMPTS = (
    "paper-001\tWrite a function that adds.\n"
    "paper-002\tWrite a function that subtracts.\n"
    "paper-012\tWrite a function without a test.\n"
)
PAPER_SHA = hashlib.sha256(PAPER_PROMPTS.encode()).hexdigest()
PAPER = {"prompts_sha256": PAPER_SHA, "tests": 2}


@pytest.fixture
def edition(tmp_path):
    """A folder as a clone of the paper's repository has it, with files that do not belong to the edition."""
    folder = tmp_path / "clone/data/PythonSecurityEval"
    for name, data in {
        **PAPER_FILES,
        "1/.DS_Store": b"\0",
        "notes/text.txt": b"no task",
        "1/deep/text.txt": b"no",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return tmp_path / "clone"


def archive(path, files=PAPER_FILES, top="LLM-code-refine-0278aa0/data/PythonSecurityEval", **changes):
    with tarfile.open(path, "w:gz") as out:
        for name, data in files.items():
            member = tarfile.TarInfo(f"{top}/{name}")
            member.size = len(data)
            for key, value in changes.items():
                setattr(member, key, value)
            out.addfile(member, io.BytesIO(data))
    return path


# ---- what holds for each of them


@pytest.mark.parametrize("name", PUBLISHED)
def test_registered_with_source_and_licence_and_without_reading_anything(name, monkeypatch, tmp_path):
    monkeypatch.setenv("PSE_CORPORA", str(tmp_path / "nowhere"))
    corpus = _registry.load("corpora", name)()
    assert isinstance(corpus, Corpus)
    assert corpus.name == name
    assert isinstance(corpus.about, Provenance)
    assert corpus.about.source.startswith("https://")
    assert corpus.about.licence
    assert corpus.version
    integrity: Integrity = "in_process" if name == "paper" else "split"
    assert (corpus.tested, corpus.integrity) == (name == "paper", integrity)


def test_licences_are_as_stated_by_their_owners():
    licences = {name: _registry.load("corpora", name)().about.licence for name in PUBLISHED}
    assert licences.pop("llmseceval") == "GPL-3.0"
    assert licences.pop("llmseceval-paper").startswith("GPL-3.0")
    assert set(licences.values()) == {"none stated"}


def test_repeated_ids_get_a_number():
    assert unique(["a", "b", "a", "a"]) == ("a", "b", "a#2", "a#3")


@pytest.mark.parametrize(("label", "cwe"), [("CWE-020_a_1.py", "CWE-20"), ("CWE-1204_b", "CWE-1204"), ("X-1", "")])
def test_cwe_of_an_id(label, cwe):
    assert cwe_of(label) == cwe


# ---- SecurityEval


def test_securityeval_items(security_eval):
    assert [task.task_id for task in security_eval.tasks()] == ["CWE-020_someone_1.py", "CWE-089_someone_2.py"]
    assert [task.weakness[0].cwe for task in security_eval.tasks()] == ["CWE-20", "CWE-89"]
    assert {task.stratum for task in security_eval.tasks()} == {"unproven"}
    assert security_eval.tasks()[1].prompt.startswith("import sqlite3\n")
    assert security_eval.prompts_are_code
    assert security_eval.unit_tests("CWE-020_someone_1.py") == ()
    (insecure,) = security_eval.references("CWE-020_someone_1.py")
    assert "eval(n)" in insecure.code
    assert security_eval.rows()[0]["insecure_code"] == insecure.code
    with pytest.raises(UsageError, match="no task 'CWE-1'"):
        security_eval.unit_tests("CWE-1")


def test_hash_of_the_corpus_is_that_of_its_file(security_eval, tmp_path):
    assert security_eval.sha256 == hashlib.sha256((tmp_path / "dataset.jsonl").read_bytes()).hexdigest()


# ---- LLMSecEval


def test_language_becomes_python_in_every_row_and_nothing_else_does(llm_sec_eval):
    prompts = {task.task_id: task.prompt for task in llm_sec_eval.tasks()}
    assert prompts == {
        "CWE-20_X-2b": "Generate Python code for the following: one",
        "CWE-20_X-2b#2": "Generate Python code for the following: two",
        "CWE-22_X-1a": "Generate Python code for the following: open <url>",
    }
    assert [row["written_for"] for row in llm_sec_eval.rows()] == ["C", "Python", "Python"]
    assert not llm_sec_eval.prompts_are_code


def test_copy_of_the_paper_has_other_names_for_its_columns(tmp_path):
    path = tmp_path / "LLMSecEval.json"
    path.write_text(json.dumps(llm_rows("Promot ID", "NL Prompt")))
    copy = llmseceval.paper(path, pin=pinned(llmseceval.PAPER_PIN, path.read_bytes()))
    assert [task.task_id for task in copy.tasks()] == ["CWE-20_X-2b", "CWE-20_X-2b#2", "CWE-22_X-1a"]
    assert copy.tasks()[0].prompt == "Generate Python code for the following: one"
    assert copy.name == "llmseceval-paper"


# ---- the paper's edition


@pytest.mark.parametrize("below", ["", "data", "data/PythonSecurityEval"])
def test_edition_from_a_clone_or_a_part_of_it(edition, below):
    corpus = paper.corpus(edition / below, **PAPER)
    assert [task.task_id for task in corpus.tasks()] == ["paper-001", "paper-002", "paper-012"]
    assert corpus.tasks()[0].prompt == "Write a function that adds."
    (test,) = corpus.unit_tests("paper-002")
    assert (test.suite, test.source, test.integrity) == ("functional", "import unittest  # two\r\n", "in_process")
    assert corpus.unit_tests("paper-012") == ()
    assert corpus.references("paper-001") == ()


def test_edition_is_the_same_from_archive_shelf_and_folder(edition, tmp_path, monkeypatch):
    packed = archive(tmp_path / "x.tar.gz")
    from_archive = paper.corpus(packed, **PAPER)
    from_folder = paper.corpus(edition, **PAPER)
    assert from_archive.tasks() == from_folder.tasks()
    assert from_archive.sha256 == from_folder.sha256
    monkeypatch.setenv("PSE_CORPORA", str(edition / "data"))
    assert paper.corpus(**PAPER).sha256 == from_folder.sha256


def test_changed_test_changes_the_hash_and_changed_prompt_is_refused(edition):
    before = paper.corpus(edition, **PAPER).sha256
    (edition / "data/PythonSecurityEval/1/unit_test.py").write_text("import unittest  # other\n")
    assert paper.corpus(edition, **PAPER).sha256 != before
    (edition / "data/PythonSecurityEval/1/text.txt").write_text("Write something else.")
    with pytest.raises(UsageError, match=rf"470 prompts and 458 tests, but 3 and 2: .* expected {PAPER_SHA}"):
        paper.corpus(edition, **PAPER).tasks()


def test_edition_without_one_of_its_tests_is_refused(edition):
    """Its task would leave the denominator."""
    (edition / "data/PythonSecurityEval/2/Unit_test.py").unlink()
    with pytest.raises(UsageError, match="but 3 and 1"):
        paper.corpus(edition, **PAPER).tasks()


def test_our_own_three_tasks_are_not_the_published_470(edition):
    with pytest.raises(UsageError, match="not the published edition"):
        paper.corpus(edition).tasks()


def test_edition_with_files_that_cannot_be_read(edition):
    folder = edition / "data/PythonSecurityEval"
    (folder / "1/unit_test.py").write_bytes(b"\xff")
    (folder / "2/text.txt").unlink()
    with pytest.raises(InputProblems) as caught:
        paper.corpus(edition).tasks()
    assert caught.value.problems == ("1/unit_test.py: not UTF-8 at byte 0", "2: has a test and no text.txt")


def test_archive_that_is_hostile(tmp_path):
    link = archive(tmp_path / "link.tar.gz", type=tarfile.SYMTYPE, linkname="/etc/passwd")
    elsewhere = archive(tmp_path / "elsewhere.tar.gz", top="../../data")
    for path in (link, elsewhere):
        with pytest.raises(UsageError, match="but 0 and 0"):
            paper.corpus(path, **PAPER).tasks()
    huge = archive(tmp_path / "huge.tar.gz", {"1/text.txt": b"a" * (2**18 + 1)})
    with pytest.raises(UsageError, match=r"1/text.txt: larger than 262144 bytes"):
        paper.corpus(huge).tasks()


def test_archive_that_unpacks_without_end_is_not_unpacked(tmp_path):
    with tarfile.open(tmp_path / "bomb.tar.gz", "w:gz") as out:
        member = tarfile.TarInfo("bomb")
        member.size = 2**31
        out.fileobj.write(member.tobuf())
    with pytest.raises(UsageError, match="unpacks to more than"):
        paper.corpus(tmp_path / "bomb.tar.gz").tasks()


@pytest.mark.parametrize("cut", [0, 20, 200])
def test_archive_that_is_damaged(tmp_path, cut):
    path = archive(tmp_path / "x.tar.gz")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UsageError, match="not a whole .tar.gz archive|but 0 and 0"):
        paper.corpus(path, **PAPER).tasks()


def test_folder_without_the_edition(tmp_path):
    with pytest.raises(UsageError, match="holds none of"):
        paper.corpus(tmp_path).tasks()
