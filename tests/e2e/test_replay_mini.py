"""The shipped recording answers every method over ``mini``, without a model, a key or a miss."""

import json

from pythonsecurityeval._registry import available

OURS = [name for name, point in available("submissions").items() if point.dist.name == "pythonsecurityeval"]
REFINING = sorted(set(OURS) - {"generated"})


def test_every_method_is_replayed_without_a_miss(run, tmp_path):
    start = run(
        "pse", "run", "generated", "--model", "replay:mini", "--corpus", "mini", "--out", "generated", "--quiet"
    )
    assert (start.code, start.err) == (0, "")
    initial = ("--initial", "generated/predictions.jsonl")
    for name in REFINING:
        done = run("pse", "run", name, "--model", "replay:mini", "--corpus", "mini", *initial, "--out", name, "--quiet")
        assert (done.code, done.err) == (0, ""), name
        manifest = json.loads((tmp_path / name / "manifest.json").read_text())
        assert manifest["preset"] == "paper"
        assert manifest["outcome"]["samples"] == 42
        assert manifest["outcome"]["flagged"] == 12
        assert manifest["outcome"]["calls"] >= 12


def test_a_refining_method_alone_is_replayed_from_its_own_start(run, tmp_path):
    done = run("pse", "run", "fdsp", "--model", "replay:mini", "--corpus", "mini", "--out", "alone", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "alone/initial.jsonl").exists()


def test_other_options_than_the_recordings_are_a_miss_and_say_so(run):
    done = run("pse", "run", "generated", "--model", "replay:mini", "--corpus", "mini", "--temperature", 0.5, "--quiet")
    assert done.code == 2
    assert "was never recorded; use the options of the recording" in done.err
    assert done.err.count("\n") == 1
