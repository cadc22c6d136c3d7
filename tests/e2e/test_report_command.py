"""``pse report`` over runs as ``pse run`` and ``pse score`` leave them."""

import csv
import io
import json

FLAGGED = "```python\nimport subprocess\ndef f(x):\n    return subprocess.call(x, shell=True)\n```"
CLEAN = "```python\ndef f(x):\n    return [x]\n```"


def test_from_run_to_table(run, tmp_path):
    script = [{"contains": "Fix the reported", "replies": [CLEAN]}, {"replies": [FLAGGED]}]
    (tmp_path / "s.jsonl").write_text("".join(json.dumps(rule) + "\n" for rule in script))
    common = ("--corpus", "mini", "--limit", 2, "--quiet")
    model = ("--model", "scripted:s.jsonl")
    assert run("pse", "run", "generated", *model, *common, "--out", "g").code == 0
    assert (
        run("pse", "run", "bandit_feedback", *model, *common, "--initial", "g/predictions.jsonl", "--out", "b").code
        == 0
    )
    assert run("pse-score", "g/predictions.jsonl", *common, "--out", "scored/g").code == 0
    assert (
        run("pse-score", "b/predictions.jsonl", *common, "--initial", "g/predictions.jsonl", "--out", "scored/b").code
        == 0
    )
    done = run("pse", "report", "scored/b", "scored/g")
    assert (done.code, done.err) == (0, "")
    table = [line.split() for line in done.out.splitlines()]
    assert table[0][0] == "mini,"
    assert ["generated", "100.0", "2/2", "34.2-100.0", "-"] in [line[:5] for line in table]
    assert ["bandit_feedback", "0.0", "0/2", "0.0-65.8", "-100.0"] in [line[:5] for line in table]
    assert ["generated", "0.0", "0/2", "0.0-65.8", "-"] in [line[:5] for line in table]
    rows = list(csv.DictReader(io.StringIO(run("pse", "report", "scored/b", "scored/g", "--format", "csv").out)))
    assert [row["method"] for row in rows] == ["generated"] * 3 + ["bandit_feedback"] * 3


def test_a_run_that_another_scanner_judged_is_in_no_table(run, predictions):
    file = predictions({"task_id": "PSE-094", "completion": FLAGGED})
    options = ("--tasks", "PSE-094", "--scan-only", "--scanner", "ruff", "--quiet", "--out", "r")
    assert run("pse-score", file, *options).code == 0
    done = run("pse", "report", "r")
    expected = "pse: r: scanned with ruff; the tables are Bandit's, score again without --scanner\n"
    assert (done.code, done.err) == (2, expected)


def test_what_is_no_scored_run(run, tmp_path):
    (tmp_path / "x").mkdir()
    done = run("pse", "report", "x")
    assert (done.code, done.err) == (2, "pse: x/summary.json: no such file; give the --out folder of a run\n")
    (tmp_path / "x/summary.json").write_text("{}")
    (tmp_path / "x/run.json").write_text("{}")
    (tmp_path / "x/samples.jsonl").write_text("[]\n")
    done = run("pse", "report", "x")
    assert (done.code, done.err) == (2, "pse: x: summary.json is not as pse score writes it ('metrics'); score again\n")
