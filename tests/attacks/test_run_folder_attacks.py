"""A run folder that a stranger prepared: nothing elsewhere is touched, nothing of it is believed without its code."""

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from pythonsecurityeval.errors import PseError, UsageError
from pythonsecurityeval.pipeline.merging import merge
from pythonsecurityeval.pipeline.options import Options
from pythonsecurityeval.pipeline.scoring import load_corpus, score

TASKS = [task.task_id for task in load_corpus("mini").tasks()][:3]
PASSWORD = "password = 'hunter2'\n"  # flagged


def write(path):
    path.write_text("".join(json.dumps({"task_id": task, "solution": f"{PASSWORD}# {task}"}) + "\n" for task in TASKS))
    return path


@pytest.fixture
def predictions(tmp_path):
    return write(tmp_path / "p.jsonl")


@pytest.fixture
def canary(tmp_path):
    """A file of the user's that ends in the middle of a line, as those do that resuming cuts off."""
    path = tmp_path / "canary"
    path.write_text("first line\nnothing may touch this")
    yield path
    assert path.read_text() == "first line\nnothing may touch this"
    assert path.stat().st_nlink == 1 or (tmp_path / "r").exists()


def run(predictions, folder, *, shard=(1, 1), **how):
    options = Options(scan_only=True, allow_missing=True, tasks="*", shard=shard, **how)
    return score(predictions, "mini", out=folder, options=options)


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A run, whole and in two shards, to be copied."""
    place = tmp_path_factory.mktemp("finished")
    run(write(place / "p.jsonl"), place / "r")
    for part in (1, 2):
        run(place / "p.jsonl", place / str(part), shard=(part, 2))
    return place


@pytest.fixture
def folder(finished, tmp_path):
    return Path(shutil.copytree(finished / "r", tmp_path / "r"))


def edit(path, change):
    path.write_text("".join(json.dumps(change(json.loads(line))) + "\n" for line in path.read_text().splitlines()))


@pytest.mark.parametrize("name", ["run.json", "samples.jsonl", "results.jsonl", "summary.json", "canonical.jsonl"])
@pytest.mark.parametrize("how", ["link", "hard link", "link to nowhere", "pipe", "folder", "device"])
def test_attack_a_file_of_the_run_is_none(predictions, folder, canary, name, how):
    (folder / name).unlink()
    nowhere = canary.with_name("made-by-the-attack")
    {
        "link": lambda path: path.symlink_to(canary),
        "hard link": lambda path: os.link(canary, path),
        "link to nowhere": lambda path: path.symlink_to(nowhere),
        "pipe": os.mkfifo,
        "folder": os.mkdir,
        "device": lambda path: path.symlink_to("/dev/zero"),
    }[how](folder / name)
    with pytest.raises(UsageError, match=rf"{name}: is a link, or no file; score again"):
        run(predictions, folder, resume=True)
    assert not nowhere.exists()


@pytest.mark.parametrize("name", ["run.json", "samples.jsonl", "results.jsonl", "summary.json", "canonical.jsonl"])
def test_attack_a_link_is_replaced_and_not_followed_by_overwrite(predictions, folder, canary, name):
    (folder / name).unlink()
    (folder / name).symlink_to(canary)
    run(predictions, folder, overwrite=True)
    assert not (folder / name).is_symlink()


def test_attack_a_link_to_nowhere_stands_where_a_new_run_writes(predictions, tmp_path):
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "results.jsonl").symlink_to(tmp_path / "made-by-the-attack")
    with pytest.raises(UsageError, match="holds a run already"):
        run(predictions, tmp_path / "new")
    assert not (tmp_path / "made-by-the-attack").exists()


def test_attack_the_folder_is_a_link_to_one_of_the_users(predictions, tmp_path):
    """Following it is the user's wish; but nothing there is touched that has none of our names."""
    (tmp_path / "documents").mkdir()
    for name in ("notes.txt", "results.jsonl.bak", ".results.jsonl"):
        (tmp_path / "documents" / name).write_text("mine")
    (tmp_path / "r").symlink_to(tmp_path / "documents")
    run(predictions, tmp_path / "r")
    run(predictions, tmp_path / "r", overwrite=True)
    run(predictions, tmp_path / "r", resume=True)
    assert all(
        (tmp_path / "r" / name).read_text() == "mine" for name in ("notes.txt", "results.jsonl.bak", ".results.jsonl")
    )
    assert len(list((tmp_path / "documents").iterdir())) == 3 + 5


@pytest.mark.parametrize("target", ["nowhere", "p.jsonl", "r"])
def test_attack_the_folder_is_a_link_to_none(predictions, tmp_path, target):
    before = predictions.read_bytes()
    (tmp_path / "r").symlink_to(tmp_path / target)
    with pytest.raises(PseError):
        run(predictions, tmp_path / "r", resume=True)
    assert predictions.read_bytes() == before
    assert not (tmp_path / "nowhere").exists()


FORGERIES = {
    "a verdict for other code": (lambda row: row | {"code_sha256": "0" * 64}, "not a sample of this run"),
    "a sample that is not in the file": (lambda row: row | {"sample_index": 7}, "not a sample of this run"),
    "another rule of extraction": (lambda row: row | {"extraction": "fence"}, "not a sample of this run"),
    "a task of nobody": (lambda row: row | {"task_id": "\x1b[2J\r\u202e"}, "not a sample of this run: �[2J��, 0"),
    "clean with findings": (lambda row: row | {"scan": row["scan"] | {"status": "clean"}}, "contradicts the findings"),
    "a name that steers the terminal": (
        lambda row: row | {"functional": {"status": "passed", "tests": {"\x1b]0;x\x07\u202e": 1}}},
        "tests.�]0;x��: expected an object",
    ),
    "a pass without a test": (
        lambda row: row | {"functional": {"status": "passed", "tests": {}}},
        "'passed' contradicts the tests",
    ),
    "attacks withstood without an attack": (
        lambda row: row | {"security": {"status": "withstood", "tests": {}}},
        "'withstood' contradicts",
    ),
    "a number beyond numbers": (lambda row: row | {"cpu_s": 10**400}, "expected a finite number"),
    "more than a row has": (lambda row: row | {"\x1b[31m\n": 1}, re.escape(r"unknown key '\x1b[31m\n'")),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_attack_resume_from_a_row_with(predictions, folder, name):
    change, message = FORGERIES[name]
    before = (folder / "summary.json").read_bytes()
    edit(folder / "results.jsonl", change)
    with pytest.raises(UsageError, match=message if "\\" in message else re.escape(message)) as caught:
        run(predictions, folder, resume=True)
    assert all(line.isprintable() for line in str(caught.value).split("\n"))
    assert (folder / "summary.json").read_bytes() == before


def test_attack_resume_from_rows_that_stand_twice(predictions, folder):
    results = folder / "results.jsonl"
    results.write_text(results.read_text() * 2)
    with pytest.raises(UsageError, match="stands twice"):
        run(predictions, folder, resume=True)


def test_attack_resume_from_rows_of_another_run(predictions, folder, tmp_path):
    other = tmp_path / "q.jsonl"
    other.write_text(predictions.read_text().replace("hunter2", "hunter3"))
    run(other, tmp_path / "other")
    shutil.copy(tmp_path / "other" / "results.jsonl", folder / "results.jsonl")
    with pytest.raises(UsageError, match="not a sample of this run"):
        run(predictions, folder, resume=True)


@pytest.mark.parametrize("keep", [0, 1, 30, 400])
def test_results_cut_off_anywhere_are_finished_to_the_same_bytes(predictions, folder, keep):
    whole = (folder / "canonical.jsonl").read_bytes()
    results = folder / "results.jsonl"
    results.write_bytes(results.read_bytes()[:keep])
    run(predictions, folder, resume=True)
    assert (folder / "canonical.jsonl").read_bytes() == whole


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{}", "holds another run"),
        ('{"a": 1, "a": 2}', "stands twice"),
        ("[" * 100_000, "nested too deeply"),
        ("[1]", "not a JSON object"),
        ("\x00", "not JSON"),
        ('{"version": ' + "9" * 5000 + "}", "Exceeds the limit"),
    ],
)
def test_attack_a_run_that_says_it_is_something_else(predictions, folder, text, message):
    (folder / "run.json").write_text(text)
    with pytest.raises(UsageError, match=message):
        run(predictions, folder, resume=True)


# ---- shards put together


@pytest.fixture
def shards(finished, tmp_path):
    return [Path(shutil.copytree(finished / part, tmp_path / part)) for part in ("1", "2")]


def test_a_shard_whose_samples_hold_half_a_surrogate_pair_is_merged(predictions, tmp_path):
    with predictions.open("a") as file:
        file.write(json.dumps({"task_id": TASKS[0], "solution": "x = '\ud800\x1b[31m'"}) + "\n")
    run(predictions, tmp_path / "1")
    assert merge([tmp_path / "1"], tmp_path / "m").summary["samples"] > 3
    for name in ("samples.jsonl", "results.jsonl", "summary.json", "canonical.jsonl", "run.json"):
        text = (tmp_path / "m" / name).read_text("ascii")
        assert text.replace("\n", "").isprintable()


SHARD_FORGERIES = {
    "a million million shards": ("run.json", lambda run: run | {"shard": [run["shard"][0], 10**12]}, "shards 3, 4, .* of 1000000000000 are missing"),
    "shards that are no numbers": ("run.json", lambda run: run | {"shard": ["1", None]}, r"\$\.shard\[0\]: expected an integer"),
    "no shard": ("run.json", lambda run: {k: v for k, v in run.items() if k != "shard"}, "missing key 'shard'"),
    "a corpus of no name": ("run.json", lambda run: run | {"corpus": {}}, r"\$\.corpus\.name: expected a string"),
    "another corpus": ("run.json", lambda run: run | {"corpus": run["corpus"] | {"sha256": "0"}}, "another version of the corpus"),
    "a summary of nothing": ("summary.json", lambda _: {}, "not the summary of a run"),
    "other code": ("samples.jsonl", lambda row: row | {"code": "x = 1"}, "not a sample of this run"),
    "a sample that is none": ("samples.jsonl", lambda row: row | {"code": 1}, r"samples.jsonl:1: \$\.code: expected a string"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHARD_FORGERIES)
def test_attack_merge_shards_with(shards, tmp_path, name):
    file, change, message = SHARD_FORGERIES[name]
    for folder in shards:
        text = (folder / file).read_text()
        rows = [text] if file == "summary.json" else text.splitlines()
        (folder / file).write_text("".join(json.dumps(change(json.loads(row))) + "\n" for row in rows))
    with pytest.raises(UsageError, match=message):
        merge(shards, tmp_path / "m")
    assert not (tmp_path / "m").exists()


def test_attack_merge_shards_whose_samples_and_results_were_both_replaced(predictions, shards, tmp_path):
    other = tmp_path / "q.jsonl"
    other.write_text(predictions.read_text().replace("hunter2", "hunter3"))
    run(other, tmp_path / "other", shard=(1, 2))
    for name in ("samples.jsonl", "results.jsonl"):
        shutil.copy(tmp_path / "other" / name, shards[0] / name)
    with pytest.raises(UsageError, match="not those of the predictions file"):
        merge(shards, tmp_path / "m")
