"""The predictions file is checked whole, and every problem has its exact words."""

import json
from dataclasses import replace

import pytest

from pythonsecurityeval.errors import InputProblems
from pythonsecurityeval.pipeline.predictions import read_predictions
from pythonsecurityeval.types import Extraction, Task

TASKS = [
    Task(task_id=f"PSE-00{n}", title="t", domain="web", prompt="p", entry_point="f", signature="f()", stratum="control")
    for n in (1, 2, 3)
]
ALL = [{"task_id": task.task_id, "solution": "def f(): pass\n"} for task in TASKS]


@pytest.fixture
def read(tmp_path):
    def read(*rows, tasks=TASKS, known=TASKS, **options):
        file = tmp_path / "p.jsonl"
        file.write_text("".join(row if isinstance(row, str) else json.dumps(row) + "\n" for row in rows))
        try:
            return read_predictions(str(file), known, tasks, **{"allow_missing": False, **options})
        except InputProblems as error:
            raise InputProblems([p.replace(str(file), "p.jsonl") for p in error.problems]) from None

    return read


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("[]\n", "p.jsonl:4: $: expected an object with task_id and completion or solution"),
        ({"solution": "x"}, "p.jsonl:4: $: missing key 'task_id'"),
        ({"task_id": 7, "solution": "x"}, "p.jsonl:4: $.task_id: expected a string, found an integer"),
        ({"task_id": "PSE-01", "solution": "x"}, "p.jsonl:4: $.task_id: unknown task 'PSE-01'; did you mean PSE-001 or PSE-003 or PSE-002?"),
        ({"task_id": "HumanEval/0", "solution": "x"}, "p.jsonl:4: $.task_id: unknown task 'HumanEval/0'; known: PSE-001, PSE-002, PSE-003"),
        ({"task_id": "PSE-001"}, "p.jsonl:4: $: expected exactly one of completion (raw model text) and solution (code)"),
        ({"task_id": "PSE-001", "solution": "x", "completion": "y"}, "p.jsonl:4: $: expected exactly one of completion (raw model text) and solution (code)"),
        ({"task_id": "PSE-001", "solution": None}, "p.jsonl:4: $.solution: expected a string, found null"),
        ({"task_id": "PSE-001", "solution": "x", "model": "m"}, "p.jsonl:4: $: unknown key 'model'; put anything of your own under meta"),
        ({"task_id": "PSE-001", "solution": "x", "meta": []}, "p.jsonl:4: $.meta: expected an object, found an array"),
        ({"task_id": "PSE-001", "solution": "x", "sample_index": -1}, "p.jsonl:4: $.sample_index: expected 0 or more, found -1"),
        ({"task_id": "PSE-001", "solution": "x", "sample_index": 1.0}, "p.jsonl:4: $.sample_index: expected an integer, found a number"),
        ({"task_id": "PSE-001", "solution": "x", "sample_index": 0}, "p.jsonl:4: $: sample 0 of PSE-001 stands on line 1 already; keep one"),
    ],
)  # fmt: skip
def test_problem_of_a_row(read, row, message):
    with pytest.raises(InputProblems) as error:
        read(*ALL, row)
    assert error.value.problems == (message,)


@pytest.mark.parametrize("form", [{}, {"sample_index": 7}, {"solution": 5}])
def test_rows_of_what_a_subset_leaves_out_are_passed_over(read, form):
    found = read(*ALL, {"task_id": "PSE-009", "solution": "x"} | form, left_out={"PSE-009"})
    assert [p.task_id for p in found] == ["PSE-001", "PSE-002", "PSE-003"]


@pytest.mark.parametrize("task_id", [[], {}, None, 9])
def test_what_names_no_task_is_not_passed_over(read, task_id):
    with pytest.raises(InputProblems, match=r"p.jsonl:4: \$.task_id: expected a string"):
        read(*ALL, {"task_id": task_id, "solution": "x"}, left_out={"PSE-009"})


def test_a_file_of_rows_that_are_left_out_lacks_every_task(read):
    with pytest.raises(InputProblems) as error:
        read({"task_id": "PSE-009", "solution": "x"}, left_out={"PSE-009"})
    assert error.value.problems == (
        "p.jsonl: 3 tasks have no prediction (PSE-001, PSE-002, PSE-003); "
        "add them, or count them as failed with --allow-missing",
    )


def test_every_problem_is_reported(read):
    with pytest.raises(InputProblems) as error:
        read("{\n", "[]\n", *ALL[:1])
    assert [problem.split(" ")[0] for problem in error.value.problems] == ["p.jsonl:1:", "p.jsonl:2:", "p.jsonl:"]
    assert error.value.problems[2] == (
        "p.jsonl: 2 tasks have no prediction (PSE-002, PSE-003); add them, or count them as failed with --allow-missing"
    )


def test_an_empty_file(read):
    with pytest.raises(InputProblems) as error:
        read("")
    assert error.value.problems == (
        "p.jsonl: holds no predictions; every line is one JSON object with task_id and completion or solution",
    )


def test_missing_tasks_stay_as_missing_samples(read):
    samples = read(ALL[1], allow_missing=True)
    assert [(p.task_id, p.extraction) for p in samples] == [
        ("PSE-002", Extraction.SOLUTION),
        ("PSE-001", Extraction.MISSING),
        ("PSE-003", Extraction.MISSING),
    ]


def test_sample_index_defaults_to_the_order_within_the_task(read):
    samples = read(ALL[0], *ALL, {**ALL[0], "sample_index": 7})
    assert [p.sample_index for p in samples if p.task_id == "PSE-001"] == [0, 1, 7]


def test_tasks_that_are_not_selected_are_checked_and_left_out(read):
    assert [p.task_id for p in read(*ALL, tasks=TASKS[:1])] == ["PSE-001"]
    with pytest.raises(InputProblems, match="unknown key"):
        read(ALL[0], {**ALL[1], "x": 1}, tasks=TASKS[:1])


def test_a_solution_is_taken_verbatim_and_a_blank_one_is_no_code(read):
    fenced = {"task_id": "PSE-001", "solution": "```python\nx\n```"}
    blank = {"task_id": "PSE-002", "solution": " \n"}
    first, second, _ = read(fenced, blank, ALL[2])
    assert (first.code, first.extraction) == ("```python\nx\n```", Extraction.SOLUTION)
    assert (second.code, second.extraction) == ("", Extraction.NO_CODE)


def test_the_raw_text_of_a_completion_is_kept(read):
    raw = "Here:\n```python\ndef f(): pass\n```"
    sample = read({"task_id": "PSE-001", "completion": raw}, *ALL[1:])[0]
    assert (sample.raw, sample.code) == (raw, "def f(): pass\n")


def test_completion_goes_on_with_a_prompt_that_is_code(read):
    prompt = "def f():\n    '''Doc.'''"
    coded = [replace(TASKS[0], prompt=prompt)]
    row = {"task_id": "PSE-001", "completion": "\n    return 1\n"}
    (alone,) = read(row, tasks=TASKS[:1])
    assert alone.extraction is Extraction.NO_CODE
    (joined,) = read(row, tasks=coded, known=coded, prompts_are_code=True)
    assert joined.extraction is Extraction.PROMPT_AND_COMPLETION
    assert joined.code == prompt + "\n    return 1\n"
    (answer,) = read(
        {"task_id": "PSE-001", "completion": "```python\nx = 2\n```"}, tasks=coded, known=coded, prompts_are_code=True
    )
    assert answer.code == "x = 2\n"
