"""``pse run`` as a user sees it, with scripted models and one that can be killed."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from pythonsecurityeval.corpora.pythonsecurityeval import mini

FLAGGED = "```python\nimport subprocess\ndef f(x):\n    return subprocess.call(x, shell=True)\n```"
CLEAN = "```python\ndef f(x):\n    return [x]\n```"
SCRIPT = [
    {"contains": "Propose", "replies": ["1. Use a list.\n2. Quote it.\n3. Refuse it."]},
    {"contains": "Quote it.", "replies": [CLEAN]},
    {"contains": "Fix the reported issues", "replies": [FLAGGED]},
    {"contains": "Explain", "replies": ["A shell."]},
    {"replies": [FLAGGED]},
]
FIRST = [task.task_id for task in mini().tasks()][:2]
OPTIONS = ("--model", "scripted:s.jsonl", "--corpus", "mini", "--limit", 2, "--quiet")


@pytest.fixture
def script(tmp_path):
    (tmp_path / "s.jsonl").write_text("".join(json.dumps(rule) + "\n" for rule in SCRIPT))


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.usefixtures("script")
def test_a_refining_submission_generates_its_own_start_and_keeps_everything(run, tmp_path):
    done = run("pse", "run", "fdsp", *OPTIONS, "--preset", "paper", "--out", "out")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("2 samples, 2 of them changed; 12 calls (7 new), ")
    out = tmp_path / "out"
    predictions = rows(out / "predictions.jsonl")
    assert [row["task_id"] for row in predictions] == FIRST
    assert all(row["solution"] == "def f(x):\n    return [x]\n" for row in predictions)
    assert [row["completion"] for row in rows(out / "initial.jsonl")] == [FLAGGED] * 2
    traces = [row for row in rows(out / "traces.jsonl") if row["submission"] == "fdsp"]
    steps = ["verbalize", "propose", "refine by solution 1", "refine by solution 1", "refine by solution 2"]
    assert [[call["step"] for call in trace["calls"]] for trace in traces] == [steps] * 2
    assert [call["draw"] for call in traces[0]["calls"]] == [0, 0, 0, 1, 0]
    assert {call["sampling"]["max_tokens"] for call in traces[0]["calls"]} == {2000}
    assert [attempt["scan"]["findings"] != [] for attempt in traces[0]["attempts"]] == [True, True, False]
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["submission"]["options"] == {"k": 3, "n": 2}
    assert set(manifest["submission"]["prompts"]) == {"generate-1", "verbalize-1", "propose-1", "fix_by_solution-1"}
    assert manifest["outcome"]["calls"] == 12


@pytest.mark.usefixtures("script")
def test_every_attempt_can_be_scored_again_without_the_model(run):
    assert run("pse", "run", "fdsp", *OPTIONS, "--out", "out").code == 0
    scored = run(
        "pse-score", "out/attempts.jsonl", "--corpus", "mini", "--limit", 2, "--scan-only", "--json", "--quiet"
    )
    assert scored.json["counts"]["scan"] == {"clean": 2, "flagged": 8}


@pytest.mark.usefixtures("script")
def test_methods_start_from_the_same_file_and_say_so(run, tmp_path):
    assert run("pse", "run", "generated", *OPTIONS, "--out", "gen").code == 0
    for name in ("direct_prompting", "bandit_feedback"):
        assert run("pse", "run", name, *OPTIONS, "--initial", "gen/predictions.jsonl", "--out", name).code == 0
    first, second = (rows(tmp_path / name / "predictions.jsonl") for name in ("direct_prompting", "bandit_feedback"))
    assert len({row["meta"]["initial_sha256"] for row in first + second}) == 1
    assert [row["meta"]["model"] for row in first] == [row["meta"]["model"] for row in second]


@pytest.mark.usefixtures("script")
def test_code_that_is_not_flagged_passes_through_without_a_call(run, tmp_path, predictions):
    start = [{"task_id": FIRST[0], "completion": CLEAN}, {"task_id": FIRST[1], "completion": "I cannot."}]
    predictions(*start)
    done = run("pse", "run", "self_debugging", *OPTIONS, "--initial", "p.jsonl", "--out", "out")
    assert done.out.startswith("2 samples, 0 of them changed; 0 calls")
    assert [row["completion"] for row in rows(tmp_path / "out/predictions.jsonl")] == [CLEAN, "I cannot."]


@pytest.mark.usefixtures("script")
def test_samples_are_drawn_apart(run, tmp_path):
    assert run("pse", "run", "generated", *OPTIONS, "--samples", 3, "--out", "out").code == 0
    draws = [call["draw"] for trace in rows(tmp_path / "out/traces.jsonl") for call in trace["calls"]]
    assert draws == [0, 1000, 2000] * 2


@pytest.mark.usefixtures("script")
def test_the_same_run_again_has_the_same_bytes(run, tmp_path):
    for out in ("one", "two"):
        assert run("pse", "run", "fdsp", *OPTIONS, "--concurrency", 1 if out == "one" else 8, "--out", out).code == 0
    for name in ("predictions.jsonl", "traces.jsonl", "attempts.jsonl", "initial.jsonl", "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.usefixtures("script")
def test_a_folder_that_holds_a_run(run, tmp_path):
    assert run("pse", "run", "generated", *OPTIONS, "--out", "out").code == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.suffix != ".sqlite"}
    again = run("pse", "run", "generated", *OPTIONS, "--out", "out")
    assert (again.code, again.err) == (2, "pse: out: holds a run already; use --resume or another --out\n")
    other = run("pse", "run", "fdsp", *OPTIONS, "--out", "out", "--resume")
    assert other.code == 2
    assert "holds another run (sampling, submission differ)" in other.err
    resumed = run("pse", "run", "generated", *OPTIONS, "--out", "out", "--resume")
    assert "2 calls (0 new)" in resumed.out
    assert before == {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir() if path.suffix != ".sqlite"}


@pytest.mark.usefixtures("script")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["fdps"], "unknown name 'fdps' among submissions; did you mean fdsp"),
        (["fdsp:q=3"], "submission 'fdsp:q=3': no option 'q'; known: k, n"),
        (["fdsp:k=0"], "submission 'fdsp:k=0': 'k=0' is not an option; write for instance fdsp:k=3,n=3"),
        (["generated:k=1"], "submission 'generated:k=1': no option 'k'; generated has none"),
        (["fdsp", "--preset", "papr"], "unknown preset 'papr'; known: plain, paper"),
        (["fdsp", "--initial", "none.jsonl"], "none.jsonl: no such file"),
        (["fdsp", "--initial", "s.jsonl", "--samples", "2"], "--samples is for generating code"),
        (["fdsp", "--model", "nothing"], "model 'nothing': expected KIND:NAME"),
        (["fdsp", "--out", "s.jsonl"], "s.jsonl: is a file; choose a folder for --out"),
        (["fdsp", "--samples", "0"], "Invalid value for '--samples'"),
    ],
)
def test_bad_usage_is_one_line_and_leaves_nothing(run, tmp_path, arguments, message):
    done = run("pse", "run", *(("generated",) if arguments[0].startswith("--") else ()), *OPTIONS, *arguments)
    assert done.code == 2
    assert done.err.startswith(f"pse: {message}")
    assert done.err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["s.jsonl"]


@pytest.mark.usefixtures("script")
def test_initial_code_is_of_no_use_to_who_writes_it(run, predictions):
    predictions(*({"task_id": task_id, "completion": CLEAN} for task_id in FIRST))
    done = run("pse", "run", "generated", *OPTIONS, "--initial", "p.jsonl")
    assert (done.code, done.err) == (
        2,
        "pse: submission 'generated' writes code and refines none; leave --initial out\n",
    )


def test_a_model_is_needed_unless_nothing_is_asked(run):
    done = run("pse", "run", "fdsp", "--corpus", "mini")
    assert done.code == 2
    assert "Missing option '--model'" in done.err


def test_the_dry_run_shows_prompts_and_counts_calls(run, tmp_path):
    done = run("pse", "run", "fdsp", "--corpus", "mini", "--preset", "paper", "--dry-run")
    assert (done.code, done.err) == (0, "")
    assert "Write Python code for this request:" in done.out
    assert "generated: 42 samples; 42 calls, temperature 1, at most 500 tokens each\n" in done.out
    assert done.out.endswith("fdsp: 42 samples; 0 to 336 calls, temperature 1, at most 2000 tokens each\n")
    assert list(tmp_path.iterdir()) == []


def test_the_dry_run_counts_what_is_flagged(run, predictions):
    predictions({"task_id": FIRST[0], "completion": FLAGGED}, {"task_id": FIRST[1], "completion": CLEAN})
    done = run("pse", "run", "fdsp:k=2,n=5", "--corpus", "mini", "--limit", 2, "--initial", "p.jsonl", "--dry-run")
    assert "[B602:subprocess_popen_with_shell_equals_true]" in done.out
    assert done.out.splitlines()[-1].startswith("fdsp: 2 samples, 1 of them flagged; 3 to 12 calls")


SLOW = """
import asyncio, contextlib
from pythonsecurityeval.chat import Reply

class Slow:
    name, about = "slow", {}
    def __init__(self, log): self.log = log
    async def complete(self, messages, sampling, draw):
        await asyncio.sleep(0.15)
        with open(self.log, "a") as log: log.write(f"{hash(messages[0].content)} {draw}\\n")
        return Reply(text="```python\\neval(x)\\n```" if "Write Python" in messages[0].content else "It is bad.")

@contextlib.asynccontextmanager
async def factory(target, settings):
    yield Slow(target)
"""


def test_no_call_is_repeated_after_a_kill(run, tmp_path):
    plugin = tmp_path / "plugin"
    info = plugin / "slow_model-1.dist-info"
    info.mkdir(parents=True)
    (plugin / "slow_model.py").write_text(SLOW)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: slow-model\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[pythonsecurityeval.models]\nslow = slow_model:factory\n")
    env = {"PYTHONPATH": str(plugin), "PYTHONHASHSEED": "0"}
    log = tmp_path / "log"
    options = (
        "fdsp",
        "--model",
        f"slow:{log}",
        "--corpus",
        "mini",
        "--limit",
        "12",
        "--concurrency",
        "1",
        "--out",
        "out",
    )
    command = [Path(os.sys.executable).parent / "pse", "run", *options, "--quiet"]
    process = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **env})
    while not log.exists() or log.read_text().count("\n") < 6:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "out/predictions.jsonl").exists()
    done = run("pse", "run", *options, "--resume", **env)
    assert done.code == 0
    calls = log.read_text().splitlines()
    assert len(set(calls)) == 17
    assert len(calls) <= len(set(calls)) + 1
