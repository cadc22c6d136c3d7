"""Files of strangers: predictions, results, completions. A clean value, or the documented error, in bounded time."""

import ast
import contextlib
import gzip
import json
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies_for_fuzzing import FUZZ, JSON, NUMBERS, TEXTS, changed, objects

from pythonsecurityeval._codec import decode, dumps, encode, result_from_row, result_row
from pythonsecurityeval._extract import extract
from pythonsecurityeval._jsonl import Problems, read_rows
from pythonsecurityeval.errors import DecodeError, UsageError
from pythonsecurityeval.pipeline.predictions import read_predictions
from pythonsecurityeval.pipeline.run_folder import read_identity, read_results, read_samples
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    Finding,
    Measure,
    Outcome,
    Prediction,
    Scanned,
    Task,
    TaskResult,
    Unscannable,
    Usage,
    Weakness,
)

TASKS = [
    Task(task_id=name, title="t", domain="web", prompt="p", entry_point="f", signature="f()", stratum="control")
    for name in ("PSE-001", "PSE-002")
]
SHAPES = [Task, Prediction, Finding, Measure, Weakness, Usage, CaseResult, Scanned, Unscannable]
for shape in SHAPES:  # the first time each class' annotations are evaluated
    with contextlib.suppress(DecodeError):
        decode(shape, {})


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


# ---- the codec

COUNTS = st.floats(0, 1e9)
FINDINGS = st.builds(
    Finding,
    rule_id=TEXTS,
    rule_name=TEXTS,
    cwe=TEXTS,
    severity=TEXTS,
    confidence=TEXTS,
    line=st.integers(),
    message=TEXTS,
)
CASES = st.lists(
    st.builds(CaseResult, name=TEXTS, outcome=st.sampled_from(Outcome), cwe=TEXTS, resource=st.booleans(), message=TEXTS),
    max_size=3, unique_by=lambda case: case.name,
).map(lambda cases: tuple(sorted(cases, key=lambda case: case.name)))  # fmt: skip
RESULTS = st.builds(
    TaskResult,
    task_id=TEXTS, sample_index=st.integers(), code_sha256=TEXTS, extraction=st.sampled_from(Extraction),
    scan=st.builds(Scanned, findings=st.lists(FINDINGS, max_size=2).map(tuple), suppressions=st.integers())
    | st.builds(Unscannable, status=st.sampled_from(["unscannable", "no_code"]), reason=TEXTS, suppressions=st.integers()),
    execution=st.builds(
        Execution, functional=st.sampled_from(["error", "failed", "tampered"]), functional_tests=CASES,
        security=st.sampled_from(["undetermined", "broken"]), security_tests=CASES, usage=st.builds(Usage, cpu_s=COUNTS, wall_s=COUNTS, max_rss_mb=COUNTS),
    ),
)  # fmt: skip


@FUZZ
@given(RESULTS)
def test_a_result_comes_back_as_it_was(result):
    assert result_from_row(json.loads(dumps(result_row(result)))) == result


ROWS = RESULTS.map(result_row)


@FUZZ
@given(
    JSON
    | st.builds(
        lambda row, key, value: {**row, key: value},
        ROWS,
        st.sampled_from(["scan", "functional", "cpu_s", "more", "task_id"]),
        JSON,
    )
)
def test_a_row_is_a_result_or_names_what_is_wrong(harmless, row):
    with harmless(), contextlib.suppress(DecodeError):
        assert isinstance(result_from_row(row), TaskResult)


@FUZZ
@given(
    st.sampled_from(SHAPES),
    objects(
        task_id=TEXTS,
        sample_index=st.integers(),
        code=TEXTS,
        extraction=st.just("fence"),
        meta=JSON,
        value=NUMBERS,
        ci95=st.lists(NUMBERS),
    ),
)
def test_data_is_a_value_or_names_what_is_wrong(harmless, cls, data):
    with harmless(), contextlib.suppress(DecodeError):
        assert type(decode(cls, data)) is cls


# ---- predictions

LINES = changed(
    st.lists(
        objects(task_id=st.sampled_from(["PSE-001", "PSE-002", "PSE-003"]), solution=TEXTS, sample_index=st.integers(0, 3), meta=JSON)
        | objects(task_id=st.sampled_from(["PSE-001", "PSE-002"]), completion=st.just("```python\nf = 1\n```") | TEXTS),
        max_size=4,
    ).map(lambda rows: "".join(json.dumps(row) + "\n" for row in rows).encode())
)  # fmt: skip


@FUZZ
@given(LINES, st.booleans())
def test_a_file_is_predictions_or_a_list_of_problems(harmless, place, data, packed):
    path = place / ("p.jsonl.gz" if packed else "p.jsonl")
    path.write_bytes(gzip.compress(data, 1) if packed else data)
    with harmless(allowed=("open", "compile", "import")):  # the file; a completion's syntax
        try:
            found = read_predictions(str(path), TASKS, TASKS, allow_missing=True)
        except UsageError as error:
            problems = getattr(error, "problems", ())
            assert all(problem.isprintable() for problem in problems)
            return
    assert {prediction.task_id for prediction in found} == {"PSE-001", "PSE-002"}
    assert len({prediction.key for prediction in found}) == len(found)
    for prediction in found:  # and what was read can be kept and read again
        assert decode(Prediction, json.loads(dumps(encode(prediction)))) == prediction


@FUZZ
@given(changed(st.binary(max_size=300).map(gzip.compress)) | st.binary(max_size=60))
def test_a_file_that_is_damaged_is_rows_or_one_error(place, data):
    path = place / "damaged.jsonl.gz"
    path.write_bytes(data)
    with contextlib.suppress(UsageError):
        assert isinstance(list(read_rows(str(path), Problems("p"))), list)


@FUZZ
@given(changed(st.lists(ROWS, max_size=2).map(lambda rows: "".join(dumps(row) + "\n" for row in rows).encode())))
def test_results_of_a_stranger_are_results_or_problems(place, data):
    for name, read in (("results.jsonl", read_results), ("samples.jsonl", read_samples), ("run.json", read_identity)):
        path = place / name
        path.write_bytes(data)
        with contextlib.suppress(UsageError):
            read(path)


# ---- code out of completions

PIECES = st.sampled_from(
    ["```", "````", "~~~", "```python", "``` {.py}", "  ```py", "```bash", "\n", "\n\n", "<think>", "</think>", "<reasoning>", "</thought>",
     "def f():\n    return 1\n", "f = 1", "x: int = 2\n", "class f: pass", "if a:\n pass\n", "elif a:\n pass\n", "try:\n f = 1\nexcept E:\n pass\n",
     " ", "\t", "\r\n", "\0", "\ud800", "\ufeff", "\x0c", "'''", '"', "#", "\\\n", "(" * 300, "-" * 300, "(" * 90 + ")" * 90,
     "a.b" * 200, "elif a:\n pass\n" * 400, "match f:\n case f: pass\n", "0x", "1_0", "1" * 5000, "f'{f!r:{f}}'", "lambda: " * 90, "with a as f: pass\n"]
) | st.text(max_size=10)  # fmt: skip


@FUZZ
@given(st.lists(PIECES, max_size=25).map("".join), st.none() | st.just("def f():\n"))
def test_a_completion_holds_a_program_or_none(harmless, completion, prompt):
    with harmless(allowed=("compile", "import", "open")):  # `ast.parse`, which executes nothing
        code, rule = extract(completion, "f", prompt)
    assert (code == "") == (rule is Extraction.NO_CODE)
    assert extract(completion, "f", prompt) == (code, rule)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert not code or ast.parse(code).body
    if rule in {Extraction.FENCE, Extraction.FENCE_ENTRY_POINT}:
        squeezed = "".join(completion.split())
        assert (
            "".join(code.split()) in squeezed or "<" in squeezed
        )  # nothing is made up; reasoning may be cut out of it
