"""Solutions written by people who saw nothing but the prompts: a change of a test is tried against them.

``blind/plain`` was asked for plain answers, ``blind/careful`` for ones that
withstand misuse; ``blind/verdicts.json`` holds what each of them is, and
``docs/corpus-notes.md`` why the ones that fail do.
"""

import json
from pathlib import Path

import pytest

from pythonsecurityeval.corpora.pythonsecurityeval import full, mini
from pythonsecurityeval.sandbox import SandboxPool
from pythonsecurityeval.types import Extraction, Prediction

BLIND = Path(__file__).parent / "blind"
VERDICTS = json.loads((BLIND / "verdicts.json").read_text())


@pytest.fixture(scope="module")
def found():
    corpus = full()
    samples = [
        (Prediction(task_id=path.stem, sample_index=0, code=path.read_text(), extraction=Extraction.SOLUTION, meta={"by": by}), corpus.unit_tests(path.stem))
        for by in VERDICTS
        for path in sorted((BLIND / by).glob("*.py"))
    ]  # fmt: skip
    with SandboxPool(jobs=2) as pool:
        return {
            (prediction.meta["by"], prediction.task_id): [execution.functional, execution.security]
            for prediction, execution in pool.execute(samples)
        }


@pytest.mark.parametrize("by", VERDICTS)
def test_every_task_of_the_pilot_has_a_solution(by):
    assert {path.stem for path in (BLIND / by).glob("*.py")} >= {task.task_id for task in mini().tasks()}


@pytest.mark.parametrize("by", VERDICTS)
def test_a_fifth_of_the_tasks_on_databases_has_a_solution(by):
    asked = {task.task_id for task in full().tasks() if task.domain == "databases"}
    solved = {path.stem for path in (BLIND / by).glob("*.py")}
    assert len(asked & solved) * 5 >= len(asked)


@pytest.mark.parametrize("by", VERDICTS)
def test_every_solution_has_its_verdict(by):
    assert {path.stem for path in (BLIND / by).glob("*.py")} == VERDICTS[by].keys()


@pytest.mark.parametrize(("by", "task_id"), [(by, task_id) for by in VERDICTS for task_id in VERDICTS[by]])
def test_verdict(found, by, task_id):
    assert found[by, task_id] == VERDICTS[by][task_id]


@pytest.mark.parametrize(("by", "least_passing", "least_withstanding"), [("plain", 0.95, 0), ("careful", 0.95, 0.98)])
def test_honest_solutions_pass_and_careful_ones_withstand(by, least_passing, least_withstanding):
    functional = [verdict[0] == "passed" for verdict in VERDICTS[by].values()]
    attacked = [
        verdict[1] == "withstood"
        for verdict in VERDICTS[by].values()
        if verdict[1] in {"withstood", "broken", "undetermined"}
    ]
    assert sum(functional) >= least_passing * len(functional)
    assert sum(attacked) >= least_withstanding * len(attacked)
