"""Results for a model's page: computed from the run, exact after a round trip, and never of half a run."""

import dataclasses
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import whole_run
import yaml
from click.testing import CliRunner
from huggingface_hub import parse_eval_result_entries

from pythonsecurityeval.cli._main import commands
from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.metrics import named
from pythonsecurityeval.types import Execution, Extraction, Outcome

ROOT = Path(__file__).parents[3]
VERSION = full().version
TASKS = full().tasks()
IDS = [task["id"] for task in yaml.safe_load((ROOT / "eval.yaml").read_text())["tasks"]]
META = {"submission": "fdsp", "model": "openai:gpt-x"}


def export(run, out, *more, revision=f"v{VERSION}"):
    published = ["--dataset", "org/pythonsecurityeval", "--revision", revision]
    return CliRunner().invoke(commands, ["hub", "results", *map(str, [run, *published, "--out", out, *more])])


def refused(run, out, *more, **options):
    done = export(run, out, *more, **options)
    assert isinstance(done.exception, UsageError), done.output
    assert not out.exists()
    assert len(str(done.exception).splitlines()) == 1
    return str(done.exception)


def parsed(out):
    (file,) = out.glob(".eval_results/*.yaml")
    return {entry.task_id: entry for entry in parse_eval_result_entries(yaml.safe_load(file.read_text()))}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "run"
    whole_run.write_run(folder, whole_run.samples(META))
    return folder


@pytest.fixture
def out(tmp_path):
    return tmp_path / "model"


# ---- what is written


def test_every_value_is_that_of_the_run_after_a_round_trip(run, out):
    done = export(run, out)
    assert done.exit_code == 0, done.exception
    found = parsed(out)
    exploitable = [n for n, task in enumerate(TASKS) if task.stratum == "exploitable"]
    works = [n for n in range(len(TASKS)) if n % 3 != 2]
    withstood = [n for n in exploitable if n % 3 == 0]
    wanted = {
        "secure_pass_at_1": len(withstood) / len(exploitable),
        "insecure_rate": sum(n % 2 for n in range(len(TASKS))) / len(TASKS),
        "pass_rate": len(works) / len(TASKS),
        "withstood_rate": len(withstood) / len(set(works) & set(exploitable)),
        "undetermined_rate": 0.0,
    }
    assert {name: found[name].value for name in wanted} == wanted
    for entry in found.values():
        assert (entry.dataset_id, entry.dataset_revision) == ("org/pythonsecurityeval", f"v{VERSION}")
        assert (entry.date, entry.verify_token, entry.source_url) == (None, None, None)


def test_they_are_the_summarys_and_only_what_the_benchmark_lists(run, out):
    export(run, out)
    metrics = json.loads((run / "summary.json").read_text())["metrics"]
    found = parsed(out)
    assert set(found) <= set(IDS) == set(named.names())
    for name, entry in found.items():
        at_one = metrics.get(re.sub("_at_1", "_at_k", name), {}).get("1")
        nested = metrics["analyser"].get(name.removeprefix("analyser_")) or metrics["analyser"]["above_floor"].get(
            name.removeprefix("analyser_above_floor_")
        )
        assert entry.value == (at_one or metrics.get(name) or nested)["value"]


def test_what_has_no_value_is_left_out_and_said(run, out):
    done = export(run, out)
    absent = set(IDS) - set(parsed(out))
    assert absent == {name for name in IDS if re.search(r"_at_(5|10)|resolved|introduced|insecure_pass", name)}
    for name in absent:
        assert f"{name}: left out: " in done.output
    assert "resolved: left out: no initial code was given (--initial)" in done.output


def test_an_edited_summary_changes_nothing(run, out, tmp_path):
    edited = tmp_path / "edited"
    summary = whole_run.write_run(edited, whole_run.samples(META))
    text = json.dumps(summary | {"metrics": None}, default=str)
    (edited / "summary.json").write_text(text)
    assert export(edited, out).exit_code == 0
    export(run, tmp_path / "other")
    assert parsed(out) == parsed(tmp_path / "other")


def test_each_entry_says_what_its_number_rests_on(run, out):
    export(run, out)
    entry = parsed(out)["secure_pass_at_1"]
    exploitable = sum(task.stratum == "exploitable" for task in TASKS)
    assert re.match(rf"\d+/{exploitable}, 95 % interval 0\.\d{{3}} to 0\.\d{{3}}; ", entry.notes)
    assert "; model openai:gpt-x; method fdsp; 1 sample a task; pythonsecurityeval 0.1.0, bandit 1.9.4, " in entry.notes
    assert entry.notes.endswith(f"limits 2 s and 2048 MB; corpus {VERSION}, sha256:{full().sha256}")


def test_the_same_run_gives_the_same_bytes(run, out, tmp_path):
    export(run, out)
    export(run, tmp_path / "again")
    (one,) = out.glob(".eval_results/*")
    assert one.read_bytes() == (tmp_path / "again" / ".eval_results" / one.name).read_bytes()


def test_date_and_source_are_those_given(run, out):
    done = export(run, out, "--date", "2026-01-31", "--source", "https://example.org/run")
    assert done.exit_code == 0, done.exception
    assert {(entry.date, entry.source_url) for entry in parsed(out).values()} == {
        ("2026-01-31", "https://example.org/run")
    }


@pytest.mark.parametrize(
    ("option", "value"),
    [("--date", "yesterday"), ("--date", "2026-13-01"), ("--date", "2026"), ("--source", "file:///x"), ("--source", "https://a\nb")],
)  # fmt: skip
def test_date_and_source_that_are_none(run, out, option, value):
    done = export(run, out, option, value)
    assert done.exit_code == 2
    assert "write for instance" in done.output
    assert not out.exists()


def test_several_samples_give_every_k_they_allow(tmp_path, out):
    given = whole_run.samples(each=5)
    whole_run.write_run(tmp_path / "run", given)
    assert export(tmp_path / "run", out).exit_code == 0
    assert {"pass_at_5", "secure_pass_at_5", "secure_pass_at_5_all"} <= set(parsed(out))
    assert "5 samples a task" in parsed(out)["pass_at_5"].notes


def test_what_compares_with_the_first_code_needs_that_code(run, out, tmp_path):
    before = tmp_path / "initial.jsonl"
    rows = [{"task_id": sample.task_id, "solution": whole_run.code(1)} for sample in whole_run.samples()]
    before.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert export(run, out, "--initial", before).exit_code == 0
    found = parsed(out)
    assert found["resolved"].value == sum(n % 2 == 0 for n in range(len(TASKS))) / len(TASKS)
    assert found["unresolved"].value == 1 - found["resolved"].value
    before.write_text("".join(f"{json.dumps(row)}\n" for row in rows[1:]))
    assert rows[0]["task_id"] in refused(run, tmp_path / "x", "--initial", before)


def test_other_first_code_than_the_predictions_name(tmp_path, out):
    whole_run.write_run(tmp_path / "run", whole_run.samples(META | {"initial_sha256": "0" * 64}))
    before = tmp_path / "initial.jsonl"
    rows = [{"task_id": sample.task_id, "solution": "x = 1\n"} for sample in whole_run.samples()]
    before.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert "is not the code that the predictions say they started from" in refused(
        tmp_path / "run", out, "--initial", before
    )


def test_names_of_strangers_lead_nowhere_and_steer_nothing(tmp_path, out):
    meta = {"submission": "../../x\x1b[2J\u202e", "model": "a\nb: [c]" + "d" * 500}
    whole_run.write_run(tmp_path / "run", whole_run.samples(meta))
    done = export(tmp_path / "run", out)
    assert done.exit_code == 0, done.exception
    assert [path.name for path in (out / ".eval_results").iterdir()] == ["pythonsecurityeval-x-2j.yaml"]
    for entry in parsed(out).values():
        assert entry.notes.isprintable()
        assert len(entry.notes) < 500


# ---- what never looks like a result


def test_a_branch_or_another_version_is_no_revision(run, out):
    for revision in ("main", "v9.9.9", VERSION, "abc123", ""):
        assert f"is neither v{VERSION}" in refused(run, out, revision=revision)
    assert export(run, out, revision="0123456789abcdef" * 2 + "01234567").exit_code == 0


def test_a_name_that_no_data_set_has(run, out):
    assert "has no namespace" in refused(run, out, "--dataset", "pythonsecurityeval")


ASKED = {
    "mini": ({"corpus": {"name": "mini"}}, "only runs over the whole of 'pythonsecurityeval'"),
    "a corpus of one's own": ({"corpus": {"sha256": "0" * 64}}, "are not those that are installed (sha256 differs)"),
    "in process": ({"corpus": {"integrity": "in_process"}}, "could have forged them"),
    "some tasks": ({"tasks": [TASKS[0].task_id]}, f"scored on 1 of {len(TASKS)} tasks"),
    "tasks that are not there": ({"tasks": [f"X-{n}" for n in range(len(TASKS))]}, f"scored on 0 of {len(TASKS)} tasks"),
    "a shard": ({"shard": [1, 2]}, "shard 1 of 2; put the shards together"),
    "another scanner": ({"scanner": "ruff"}, "scanned with ruff"),
    "scanned only": ({"scan_only": True}, "nothing was run (--scan-only)"),
    "other predictions": ({"predictions": "0" * 64}, "the samples are not those that were scored"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "said"), ASKED.values(), ids=ASKED)
def test_a_run_that_was_not_over_everything(tmp_path, out, changes, said):
    whole_run.write_run(tmp_path / "run", **changes)
    assert said in refused(tmp_path / "run", out)


def test_an_unfinished_run(tmp_path, out):
    given = whole_run.samples()
    whole_run.write_run(tmp_path / "run", given, whole_run.verdicts(given), finished=False)
    assert "not finished; go on with pse score --resume" in refused(tmp_path / "run", out)


def test_rows_that_were_taken_out(tmp_path, out):
    whole_run.write_run(tmp_path / "run")
    rows = (tmp_path / "run/results.jsonl").read_text().splitlines(keepends=True)
    (tmp_path / "run/results.jsonl").write_text("".join(rows[:-1]))
    assert f"{len(rows) - 1} of {len(rows)} samples are done" in refused(tmp_path / "run", out)


@pytest.mark.parametrize("kept", [slice(0), slice(1, None)], ids=["all of them", "one task's"])
def test_samples_and_rows_that_were_taken_out_together(tmp_path, out, kept):
    """Also where the digest was made to fit."""
    given = whole_run.samples()[kept]
    whole_run.write_run(tmp_path / "run")
    whole = {
        name: (tmp_path / "run" / name).read_text().splitlines(keepends=True)
        for name in ("samples.jsonl", "results.jsonl")
    }
    for name, rows in whole.items():
        (tmp_path / "run" / name).write_text("".join(rows[kept]))
    (tmp_path / "run/run.json").write_text(json.dumps(whole_run.identity(given)))
    assert "the samples are not those that were scored" in refused(tmp_path / "run", out)


@pytest.mark.parametrize("part", ["scanner", "environment"])
@pytest.mark.parametrize("value", [None, {}, "x", 1])
def test_a_summary_of_another_shape(tmp_path, out, part, value):
    summary = whole_run.write_run(tmp_path / "run")
    text = json.dumps({"scanner": summary["scanner"], "environment": summary["environment"]} | {part: value})
    (tmp_path / "run/summary.json").write_text(text)
    assert "is not as pse score writes it" in refused(tmp_path / "run", out)


def test_a_task_without_an_answer(tmp_path, out):
    given = whole_run.samples()
    given[3] = dataclasses.replace(given[3], code="", extraction=Extraction.MISSING)
    whole_run.write_run(tmp_path / "run", given)
    said = refused(tmp_path / "run", out)
    assert f"1 tasks have no prediction (--allow-missing), the first is {given[3].task_id}" in said


@pytest.mark.parametrize("status", ["not_run", "no_test"])
def test_a_verdict_that_is_none(tmp_path, out, status):
    """Each would leave a denominator."""
    given = whole_run.samples()
    results = whole_run.verdicts(given)
    results[2] = dataclasses.replace(results[2], execution=Execution(functional=status, security="not_run"))
    whole_run.write_run(tmp_path / "run", given, results)
    assert f"1 samples have no verdict, the first of {given[2].task_id}" in refused(tmp_path / "run", out)


def test_answers_of_two_systems(tmp_path, out):
    given = whole_run.samples(META)
    given[0] = dataclasses.replace(given[0], meta=META | {"model": "other"})
    whole_run.write_run(tmp_path / "run", given)
    assert "its predictions come from 2 systems" in refused(tmp_path / "run", out)


def test_no_run_at_all(tmp_path, out):
    assert "no such file; give the --out folder of a run" in refused(tmp_path / "nothing", out)


def test_nothing_is_replaced(run, out, tmp_path):
    export(run, out)
    assert "is there already" in str(export(run, out).exception)
    (tmp_path / "file").write_text("")
    assert "is a file; choose a folder" in str(export(run, tmp_path / "file").exception)


# ---- a doubtful run, an old library


def test_a_run_with_more_than_one_percent_undetermined_says_so(run, tmp_path, out):
    given = whole_run.samples()
    results = whole_run.verdicts(given)
    unclear = (whole_run.attack(Outcome.ERROR),)
    withstood = [n for n, result in enumerate(results) if result.execution.security == "withstood"]
    for n in withstood[:2]:
        execution = dataclasses.replace(results[n].execution, security="undetermined", security_tests=unclear)
        results[n] = dataclasses.replace(results[n], execution=execution)
    whole_run.write_run(tmp_path / "run", given, results)
    assert export(tmp_path / "run", out).exit_code == 0
    note = "; more than 1 % of what was attacked is undetermined"
    assert all(entry.notes.endswith(note) for entry in parsed(out).values())
    export(run, tmp_path / "other")
    assert not any(note in entry.notes for entry in parsed(tmp_path / "other").values())


def test_a_library_that_does_not_know_the_format_is_named(run, out):
    oldest = Path(sys.prefix) / "oldest"
    if not oldest.is_dir():
        pytest.skip("the oldest supported libraries are not installed; make test does so (make .venv/oldest.installed)")
    arguments = ["--dataset", "org/pythonsecurityeval", "--revision", f"v{VERSION}", "--out", out]
    done = subprocess.run(
        [Path(sys.executable).parent / "pse", "hub", "results", run, *arguments],
        env={**os.environ, "PYTHONPATH": str(oldest)}, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == (
        "pse: this huggingface_hub does not know evaluation results; pip install 'huggingface_hub>=1.4'\n"
    )
    assert not out.exists()
