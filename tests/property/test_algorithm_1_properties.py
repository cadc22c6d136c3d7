"""Algorithm 1 of the paper holds for any answers of the model."""

from hypothesis import given, settings
from hypothesis import strategies as st
from submissions_support import CLEAN, FLAGGED, WORSE, fenced, solve

from pythonsecurityeval.submissions.fdsp import Fdsp
from pythonsecurityeval.submissions.fdsp_iterative import FdspIterative

CANDIDATES = {
    "clean": fenced(CLEAN),
    "flagged": fenced(WORSE),
    "unparsable": fenced("def f(:\n"),
    "prose": "There is nothing to fix.",
    "a word": "No",
    "empty": "",
}
TABLES = st.integers(0, 4).flatmap(
    lambda k: st.integers(1, 3).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from(sorted(CANDIDATES)), min_size=n, max_size=n), min_size=k, max_size=k
        ).map(lambda table: (n, table))
    )
)


def script(table):
    """A model that proposes a solution for each row, and refines by a row's solution as its cells say."""

    def answer(prompt, draw):
        if "Explain each reported issue" in prompt:
            return "The shell takes orders from x."
        if "Propose" in prompt:
            return "\n".join(f"{i}. Solution-{i}!" for i in range(1, len(table) + 1))
        (row,) = (i for i in range(1, len(table) + 1) if f"Solution-{i}!" in prompt)
        return CANDIDATES[table[row - 1][draw]]

    return answer


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_the_first_clean_refinement_in_order_or_the_original_code(case):
    n, table = case
    cells = [cell for row in table for cell in row]
    code, model, desk = solve(Fdsp(k=5, n=n), script(table))
    tried = cells.index("clean") + 1 if "clean" in cells else len(cells)
    assert code == (CLEAN if "clean" in cells else FLAGGED)
    assert len(model.prompts) == 2 + tried
    assert [attempt.clean for attempt in desk.attempts] == [cell == "clean" for cell in cells[:tried]]
    assert [call.step for call in desk.calls] == ["verbalize", "propose"] + [
        f"refine by solution {1 + i // n}" for i in range(tried)
    ]


@given(TABLES)
@settings(max_examples=25, deadline=None)
def test_every_refinement_starts_from_the_original_code_with_all_feedback_and_one_solution(case):
    n, table = case
    _, model, _ = solve(Fdsp(k=5, n=n), script(table))
    for i, prompt in enumerate(model.prompts[2:]):
        assert FLAGGED in prompt
        assert WORSE not in prompt
        assert "[B602:" in prompt
        assert "The shell takes orders from x." in prompt
        assert prompt.count("Solution-") == prompt.count(f"Solution-{1 + i // n}!") == 1


@given(TABLES, st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_no_more_solutions_than_k(case, k):
    n, table = case
    _, model, _ = solve(Fdsp(k=k, n=n), script(table))
    assert len(model.prompts) <= 2 + k * n
    assert f"Propose {k} distinct" in model.prompts[1]


@given(st.lists(st.lists(st.sampled_from(sorted(CANDIDATES)), min_size=1, max_size=3), min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_the_iterative_variant_never_answers_with_more_findings_or_no_program(table):
    code, model, desk = solve(FdspIterative(k=3, n=2), lambda prompt, draw: script_iterative(table, prompt, draw))
    assert code in {FLAGGED, CLEAN}
    assert len(model.prompts) <= 2 * (2 + 3)
    assert (code == CLEAN) == any(attempt.clean for attempt in desk.attempts)
    assert not any(attempt.clean for attempt in desk.attempts[:-1])


def script_iterative(table, prompt, draw):
    if "Explain each reported issue" in prompt:
        return "Bad."
    if "Propose" in prompt:
        return "\n".join(f"{i}. Solution-{i}!" for i in range(1, len(table) + 1))
    (row,) = (i for i in range(1, len(table) + 1) if f"Solution-{i}!" in prompt)
    return CANDIDATES[table[row - 1][draw % len(table[row - 1])]]
