"""A run's folder: nothing lost, nothing of another run taken for one's own."""

import dataclasses

import pytest

from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.pipeline.run_folder import RunFolder, canonical_lines
from pythonsecurityeval.types import Execution, Extraction, Prediction, Scanned, TaskResult, Usage

IDENTITY = {"version": "1", "predictions": "aa", "shard": [1, 1]}
SAMPLES = [
    Prediction(task_id="PSE-001", sample_index=n, code=f"x = {n}", extraction=Extraction.SOLUTION) for n in range(3)
]
RESULTS = [
    TaskResult(
        task_id=sample.task_id,
        sample_index=sample.sample_index,
        code_sha256=sample.code_sha256,
        extraction=sample.extraction,
        scan=Scanned(),
        execution=Execution(functional="failed", usage=Usage(cpu_s=sample.sample_index)),
    )
    for sample in SAMPLES
]


@pytest.fixture
def interrupted(tmp_path):
    folder = RunFolder.create(tmp_path / "r", IDENTITY, SAMPLES, overwrite=False)
    folder.append(RESULTS[1])
    folder.close()
    return tmp_path / "r"


def test_an_interrupted_run_is_taken_up(interrupted):
    folder, done = RunFolder.take_up(interrupted, IDENTITY, SAMPLES)
    folder.close()
    assert done == [RESULTS[1]]


def test_a_torn_last_line_is_dropped_and_only_that(interrupted):
    with (interrupted / "results.jsonl").open("a") as file:
        file.write('{"task_id": "PSE-0')
    folder, done = RunFolder.take_up(interrupted, IDENTITY, SAMPLES)
    folder.append(RESULTS[0])
    folder.close()
    assert done == [RESULTS[1]]
    again, done = RunFolder.take_up(interrupted, IDENTITY, SAMPLES)
    again.close()
    assert done == [RESULTS[1], RESULTS[0]]


def test_another_run_is_not_resumed(interrupted):
    with pytest.raises(UsageError, match=r"holds another run \(predictions, version differ\); use another --out"):
        RunFolder.take_up(interrupted, {**IDENTITY, "predictions": "bb", "version": "2"}, SAMPLES)


def test_a_folder_with_a_run_is_refused_without_overwrite(interrupted):
    with pytest.raises(UsageError, match="holds a run already; use --resume, --overwrite or another --out"):
        RunFolder.create(interrupted, IDENTITY, SAMPLES, overwrite=False)
    RunFolder.create(interrupted, IDENTITY, SAMPLES, overwrite=True).close()
    assert (interrupted / "results.jsonl").read_text() == ""


def test_overwrite_keeps_files_that_are_not_ours(interrupted):
    (interrupted / "notes.txt").write_text("mine")
    RunFolder.create(interrupted, IDENTITY, SAMPLES, overwrite=True).close()
    assert (interrupted / "notes.txt").read_text() == "mine"


def test_a_forged_result_of_other_code_is_refused(interrupted):
    text = (interrupted / "results.jsonl").read_text()
    (interrupted / "results.jsonl").write_text(text.replace(RESULTS[1].code_sha256, "0" * 64))
    with pytest.raises(UsageError, match="results.jsonl:1: .*not a sample of this run: PSE-001, 1"):
        RunFolder.take_up(interrupted, IDENTITY, SAMPLES)


def test_a_result_that_stands_twice_is_refused(interrupted):
    text = (interrupted / "results.jsonl").read_text()
    (interrupted / "results.jsonl").write_text(text * 2)
    with pytest.raises(UsageError, match="results.jsonl:2: .*stands twice"):
        RunFolder.take_up(interrupted, IDENTITY, SAMPLES)


def test_an_out_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "r").write_text("")
    with pytest.raises(UsageError, match="is a file; choose a folder for --out"):
        RunFolder.create(tmp_path / "r", IDENTITY, SAMPLES, overwrite=False)


def test_the_canonical_view_does_not_depend_on_order_cost_or_machine():
    costlier = [
        dataclasses.replace(r, execution=dataclasses.replace(r.execution, usage=Usage(wall_s=9))) for r in RESULTS
    ]
    one = list(canonical_lines({"samples": 3, "timing": 1, "environment": 2, "sandbox": 3}, RESULTS))
    assert one == list(canonical_lines({"samples": 3, "timing": 7, "environment": 8}, costlier[::-1]))
