"""Whole runs, as a user makes them."""

import fnmatch
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests_support import secure_rows

from pythonsecurityeval.corpora.pythonsecurityeval import full, mini

BIN = Path(sys.executable).parent


SOME = ("--tasks", "PSE-1[0-6]*")  # a dozen of all domains, so that whole runs stay quick
ROWS = [row for row in secure_rows() if fnmatch.fnmatch(row["task_id"], SOME[1])]


@pytest.fixture
def secure(predictions):
    return predictions(*ROWS)


def canonical(folder):
    return (folder / "canonical.jsonl").read_bytes()


def test_secure_references_work_and_withstand(run, secure):
    summary = run("pse-score", secure, *SOME, "--json").json
    metrics = summary["metrics"]
    assert metrics["pass_rate"]["value"] == 1.0
    assert metrics["secure_pass_at_k"]["1"]["value"] == 1.0
    assert metrics["withstood_rate"]["value"] == 1.0


def test_canonical_view_is_the_same_for_any_workers_and_tier(run, secure, tmp_path):
    views = set()
    for out, options in {
        "one": ["--jobs", "1", "--sandbox", "namespaces"],
        "two": ["--jobs", "3", "--sandbox", "landlock"],
    }.items():
        done = run("pse-score", secure, *SOME, "--quiet", "--out", out, *options)
        assert done.code == 0, done.err
        views.add(canonical(tmp_path / out))
    assert len(views) == 1


def test_shards_merge_to_the_whole(run, secure, tmp_path):
    assert run("pse-score", secure, *SOME, "--quiet", "--out", "whole").code == 0
    for part in (1, 2, 3):
        done = run("pse-score", secure, *SOME, "--quiet", "--out", f"part{part}", "--shard", f"{part}/3")
        assert done.code == 0, done.err
    merged = run("pse", "merge", "part3", "part1", "part2", "--out", "merged")
    assert merged.code == 0, merged.err
    assert canonical(tmp_path / "merged") == canonical(tmp_path / "whole")


def test_a_missing_shard_is_named(run, secure):
    assert run("pse-score", secure, *SOME, "--scan-only", "--out", "part1", "--shard", "1/2").code == 0
    merged = run("pse", "merge", "part1", "--out", "merged")
    assert (merged.code, merged.err) == (2, "pse: shards 2 of 2 are missing; give each shard's folder once\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_an_interrupted_run_resumes_to_the_same_bytes(run, secure, tmp_path, number, code):
    assert run("pse-score", secure, *SOME, "--quiet", "--out", "whole").code == 0
    process = subprocess.Popen(
        [BIN / "pse-score", secure, *SOME, "--out", "cut", "--jobs", "1"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    results = tmp_path / "cut" / "results.jsonl"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not (results.exists() and results.read_bytes().count(b"\n") >= 3):
        time.sleep(0.01)
    process.send_signal(number)
    _, err = process.communicate(timeout=20)
    assert process.returncode == code, err
    if number != signal.SIGKILL:
        assert "go on with --resume" in err
    kept = results.read_bytes().count(b"\n")
    assert 3 <= kept < len(ROWS)
    done = run("pse-score", secure, *SOME, "--quiet", "--out", "cut", "--resume")
    assert done.code == 0, done.err
    assert canonical(tmp_path / "cut") == canonical(tmp_path / "whole")
    assert json.loads((tmp_path / "cut" / "summary.json").read_text())["timing"]["resumed"] >= 3


def test_no_process_outlives_a_killed_parent(run, secure, tmp_path):
    process = subprocess.Popen(
        [BIN / "pse-score", secure, *SOME, "--out", "cut"], cwd=tmp_path, stderr=subprocess.DEVNULL
    )
    time.sleep(2.0)
    family = descendants(process.pid)
    process.kill()
    process.wait()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and any(map(alive, family)):
        time.sleep(0.05)
    assert [pid for pid in family if alive(pid)] == []


def descendants(pid):
    found = []
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        found += [int(child), *descendants(int(child))]
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_standard_input_and_gzip(run, secure):
    text = secure.read_text()
    done = run("pse-score", "-", *SOME, "--json", "--scan-only", stdin=text)
    assert done.json["samples"] == len(ROWS)
    assert done.json["metrics"]["insecure_rate"]["denominator"] == len(ROWS)


def test_scan_only_gives_no_number_that_needs_a_run(run, secure):
    metrics = run("pse-score", secure, *SOME, "--json", "--scan-only").json["metrics"]
    assert metrics["insecure_rate"]["value"] is not None
    for name in ("pass_rate", "withstood_rate", "broken_rate", "undetermined_rate"):
        assert metrics[name]["value"] is None
        assert metrics[name]["reason"]


def test_another_scanner_is_named_and_its_run_is_another(run, secure):
    first = run("pse-score", secure, *SOME, "--scan-only", "--scanner", "ruff", "--out", "out")
    assert "ruff 0.14.7, not executed" in first.out
    assert "insecure: Ruff finds anything" in first.out
    again = run("pse-score", secure, *SOME, "--scan-only", "--resume", "--out", "out")
    assert (again.code, again.err) == (2, "pse-score: out: holds another run (scanner differ); use another --out\n")
    unknown = run("pse-score", secure, *SOME, "--scan-only", "--scanner", "rufus")
    assert (unknown.code, unknown.err) == (2, "pse-score: unknown name 'rufus' among scanners; did you mean ruff?\n")


def test_mini_takes_a_file_of_the_whole_corpus(run, predictions):
    every = predictions(*secure_rows())
    summary = run("pse-score", every, "--corpus", "mini", "--scan-only", "--json").json
    assert summary["corpus"]["name"] == "mini"
    assert summary["samples"] == summary["selection"]["tasks"] == len(mini().tasks())


def test_refinement_is_paired_with_the_initial_code(run, secure, predictions):
    initial = predictions(*({**row, "solution": "import pickle\npickle.loads(b'')\n"} for row in ROWS), name="i.jsonl")
    metrics = run("pse-score", secure, *SOME, "--json", "--scan-only", "--initial", initial).json["metrics"]
    assert metrics["resolved"]["value"] is not None
    assert metrics["introduced"]["numerator"] == 0


def test_tasks_are_listed_shown_and_tried(run, tmp_path):
    first = full().tasks()[0].task_id
    assert first in run("pse", "tasks").out
    assert run("pse", "tasks", first).out.startswith(first)
    (tmp_path / "s.py").write_text(next(row["solution"] for row in secure_rows() if row["task_id"] == first))
    good = run("pse", "tasks", first, "--try", "s.py")
    assert good.code == 0, good.out + good.err
    (tmp_path / "s.py").write_text("x = 1\n")
    bad = run("pse", "tasks", first, "--try", "s.py")
    assert bad.code == 1
    assert "Traceback" not in bad.err


def test_doctor_and_plugins(run):
    doctor = run("pse", "doctor")
    assert doctor.code == 0
    assert "pse score uses the tier " in doctor.out
    assert "bandit" in run("pse", "plugins").out


def test_colour_and_control_characters_of_a_file_name_do_not_reach_the_terminal(run, secure, tmp_path):
    name = tmp_path / "a\x1b[31m.jsonl"
    os.link(secure, name)
    assert "\x1b" not in run("pse-score", name.name, *SOME, "--scan-only", "--quiet").out
