"""A user's mistake gets one clear line on standard error, exit code 2, and nothing half-written."""

import gzip
import os
import subprocess
import sys

import pytest

from pythonsecurityeval._jsonl import Problems, read_rows
from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.errors import UsageError

TASKS = [task.task_id for task in full().tasks()]
FIRST = TASKS[0]
GOOD = {"task_id": FIRST, "solution": "x = 1\n"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("{\n", "p.jsonl:1: $: not JSON: Expecting property name enclosed in double quotes at column 2; every line must be one JSON object"),
        ({"task": FIRST, "solution": ""}, "p.jsonl:1: $: unknown key 'task'; put anything of your own under meta"),
        (f'{{"task_id": "{FIRST}", "task_id": "{FIRST}"}}\n', "p.jsonl:1: $: key 'task_id' stands twice; keep one"),
        (f'{{"task_id": "{FIRST}", "solution": "", "meta": {{"x": NaN}}}}\n', "p.jsonl:1: $: NaN is not JSON; use null or leave the key out"),
        ("\ufeff{}\n", "p.jsonl:1: $: starts with a byte order mark; save the file as UTF-8 without it"),
    ],
)  # fmt: skip
def test_a_bad_line(run, predictions, row, message):
    predictions(row)
    done = run("pse-score", "p.jsonl", "--scan-only", "--allow-missing")
    assert (done.code, done.out, done.err) == (2, "", f"pse-score: {message}\n")


def test_bad_utf8(run, tmp_path):
    (tmp_path / "p.jsonl").write_bytes(b'{"task_id": "\xff"}\n')
    done = run("pse-score", "p.jsonl", "--allow-missing")
    assert (done.code, done.err) == (2, "pse-score: p.jsonl:1: $: not UTF-8 at byte 13; save the file as UTF-8\n")


def test_unknown_task_with_the_nearest_names(run, predictions):
    predictions({"task_id": FIRST + "0", "solution": "x"})
    done = run("pse-score", "p.jsonl", "--allow-missing")
    assert done.code == 2
    told, _, nearest = done.err.partition("; did you mean ")
    assert told == f"pse-score: p.jsonl:1: $.task_id: unknown task '{FIRST}0'"
    assert FIRST in nearest.rstrip("?\n").split(" or ")


def test_duplicate_sample(run, predictions):
    predictions({**GOOD, "sample_index": 3}, {**GOOD, "sample_index": 3})
    done = run("pse-score", "p.jsonl", "--allow-missing")
    assert (done.code, done.err) == (
        2,
        f"pse-score: p.jsonl:2: $: sample 3 of {FIRST} stands on line 1 already; keep one\n",
    )


def test_missing_tasks(run, predictions):
    predictions(GOOD)
    done = run("pse-score", "p.jsonl", "--scan-only")
    named = ", ".join(TASKS[1:6])
    assert (done.code, done.err) == (
        2,
        f"pse-score: p.jsonl: {len(TASKS) - 1} tasks have no prediction ({named}, …); "
        "add them, or count them as failed with --allow-missing\n",
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: p.write_text(""), "holds no predictions; every line is one JSON object with task_id and completion or solution"),
        (lambda p: p.mkdir(), "is a directory; give the JSON-lines file inside it"),
        (lambda _p: None, "no such file; give a JSON-lines file, or - for standard input"),
    ],
)  # fmt: skip
def test_a_file_that_is_none(run, tmp_path, make, message):
    make(tmp_path / "p.jsonl")
    done = run("pse-score", "p.jsonl")
    assert (done.code, done.err) == (2, f"pse-score: p.jsonl: {message}\n")


def test_an_unreadable_file(predictions):
    path = predictions(GOOD)
    path.chmod(0)
    user = os.geteuid()
    os.seteuid(user or 65534)  # root may read everything
    try:
        with pytest.raises(UsageError) as error:
            list(read_rows(str(path), Problems(str(path))))
    finally:
        os.seteuid(user)
    assert str(error.value) == f"{path}: not readable by this user; change its permissions"


def test_an_unsupported_platform(predictions, tmp_path):
    predictions(GOOD)
    code = (
        "import sys\nfrom pythonsecurityeval.cli import pse_score\nsys.platform = 'darwin'\n"
        "sys.argv = ['pse-score', 'p.jsonl', '--allow-missing']\npse_score()"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr == (
        "pse-score: untrusted code is run on Linux only, and this is darwin; "
        "use a Linux machine, or --scan-only, which works anywhere\n"
    )


def test_a_line_of_100_mb(run, tmp_path):
    with gzip.open(tmp_path / "p.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(b"x" * 2**20)
    done = run("pse-score", "p.jsonl.gz", "--allow-missing")
    assert (done.code, done.err) == (
        2,
        "pse-score: p.jsonl.gz:1: $: longer than 16 MB; a sample of that size is no program, drop it\n",
    )


def test_a_full_disk_is_the_machines_fault(run, predictions):
    predictions(GOOD)
    done = run("pse-score", "p.jsonl", "--scan-only", "--allow-missing", "--out", "/dev/full/x")
    assert done.code == 3
    assert done.err.endswith("free space or choose another --out\n")


def test_the_output_folder_of_another_run(run, predictions):
    predictions(GOOD)
    options = ("p.jsonl", "--scan-only", "--allow-missing", "--quiet", "--out", "out")
    assert run("pse-score", *options).code == 0
    again = run("pse-score", *options)
    assert (again.code, again.err) == (
        2,
        "pse-score: out: holds a run already; use --resume, --overwrite or another --out\n",
    )
    predictions({**GOOD, "solution": "x = 2\n"})
    other = run("pse-score", *options, "--resume")
    assert (other.code, other.err) == (2, "pse-score: out: holds another run (predictions differ); use another --out\n")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--k", "0"], "Invalid value for '--k': every k is at least 1"),
        (["--k", "1;5"], "Invalid value for '--k': '1;5' is not a list of numbers; write for instance 1,5,10"),
        (["--shard", "3/2"], "Invalid value for '--shard': '3/2' is not a shard; write for instance 2/8 for the second of eight"),
        (["--tasks", "XYZ*"], "--tasks 'XYZ*' selects no task"),
        (["--corpus", "humaneval"], "unknown name 'humaneval' among corpora; known: llmseceval, llmseceval-paper, mini, paper, pythonsecurityeval, securityeval"),
        (["--corpus-path", "nowhere"], "nowhere"),
        (["--jobs", "0"], "Invalid value for '--jobs'"),
        (["--initial", "none.jsonl"], "none.jsonl: no such file"),
        (["--resume", "--overwrite"], "--resume and --overwrite exclude each other"),
        (["--frobnicate"], "No such option"),
    ],
)  # fmt: skip
def test_bad_usage(run, predictions, options, message):
    predictions(GOOD)
    done = run("pse-score", "p.jsonl", "--scan-only", "--allow-missing", *options)
    assert done.code == 2
    assert message in done.err
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1


def test_initial_code_must_pair(run, predictions):
    predictions(GOOD, {**GOOD, "sample_index": 5})
    predictions(GOOD, name="i.jsonl")
    done = run("pse-score", "p.jsonl", "--initial", "i.jsonl", "--scan-only", "--allow-missing")
    assert (done.code, done.err) == (
        2,
        f"pse-score: i.jsonl: 1 samples have no initial code, the first is sample 5 of {FIRST}; give every prediction its counterpart\n",
    )


def test_without_the_tasks_libraries_nothing_runs(run, predictions, tmp_path):
    predictions(GOOD)
    done = run("pse-score", "p.jsonl", "--allow-missing", "--python", "/usr/bin/env")
    assert done.code == 3
    assert "--python /usr/bin/env: does not start as a Python 3 interpreter" in done.err
