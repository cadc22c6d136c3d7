"""What the runner does around a submission: pass through, draw apart, find code, give up together."""

import asyncio
from types import SimpleNamespace

import pytest
from submissions_support import CLEAN, FLAGGED, SCANNER, Answers, fenced

from pythonsecurityeval.chat import Sampling
from pythonsecurityeval.errors import ModelFailed
from pythonsecurityeval.pipeline.assignments import Assignments
from pythonsecurityeval.pipeline.run_options import choose
from pythonsecurityeval.pipeline.solver import Solver
from pythonsecurityeval.types import Extraction, Prediction, Task

TASK = Task(task_id="T-1", title="", domain="", prompt="def f(x):\n", entry_point="f", signature="", stratum="control")


def assignments(*, samples=1, initial=None, **corpus):
    return Assignments(corpus=SimpleNamespace(**corpus), tasks=(TASK,), initial=initial, indices=tuple(range(samples)))


def solve(submission, jobs, answer, *, progress=lambda _done, _all: None):
    solver = Solver(Answers(answer), SCANNER, concurrency=4, progress=progress)
    return solver, asyncio.run(solver.solve(choose(submission, "plain"), Sampling(), jobs))


def test_an_answer_may_go_on_with_a_prompt_that_is_code():
    for is_code, rule in ((True, Extraction.PROMPT_AND_COMPLETION), (False, Extraction.NO_CODE)):
        jobs = assignments(prompts_are_code=is_code).to_generate()
        _, (trace,) = solve("generated", jobs, lambda _prompt, _draw: "    return [x]\n")
        assert trace.attempts[0].extraction is rule
        assert trace.code == (CLEAN if is_code else "")


def test_samples_of_a_task_are_drawn_apart_and_counted():
    seen = []
    solver, traces = solve(
        "generated",
        assignments(samples=3).to_generate(),
        lambda _prompt, draw: fenced(f"draw = {draw}\n"),
        progress=lambda done, jobs: seen.append((done, jobs)),
    )
    assert [trace.code for trace in traces] == ["draw = 0\n", "draw = 1000\n", "draw = 2000\n"]
    assert solver.cost.calls == 3
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)


@pytest.mark.parametrize("code", [CLEAN, "def f(:\n", ""])
def test_what_is_not_flagged_is_never_asked_about(code):
    given = Prediction(task_id="T-1", sample_index=0, code=code, extraction=Extraction.SOLUTION)
    solver, (trace,) = solve("fdsp", assignments().to_patch([given]), lambda _prompt, _draw: "")
    assert (trace.code, trace.calls, trace.attempts, trace.kept) == (code, (), (), None)
    assert solver.cost.calls == 0


def test_what_was_kept_is_told_apart_from_what_was_tried():
    given = Prediction(task_id="T-1", sample_index=0, code=FLAGGED, extraction=Extraction.SOLUTION)
    _, (kept,) = solve("bandit_feedback", assignments().to_patch([given]), lambda _prompt, _draw: fenced(CLEAN))
    _, (lost,) = solve("bandit_feedback", assignments().to_patch([given]), lambda _prompt, _draw: "Never.")
    assert (kept.kept, kept.code) == (0, CLEAN)
    assert (lost.kept, lost.code) == (None, FLAGGED)
    assert lost.initial.scan.status == "flagged"


def test_a_model_that_fails_ends_the_run_with_its_own_error():
    def fail(_prompt, _draw):
        raise ModelFailed("no answer after 5 tries")

    with pytest.raises(ModelFailed, match="no answer after 5 tries"):
        solve("generated", assignments(samples=5).to_generate(), fail)
