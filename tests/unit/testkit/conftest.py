"""Runs a test method and a solution through local mode: the same wire and agent as in the sandbox."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence

import pytest

from pythonsecurityeval.testkit.local import run_local
from pythonsecurityeval.types import CaseResult

Try = Callable[..., CaseResult]


def suite_of(body: str, uses: Sequence[str] = (), before: str = "") -> str:
    head = "from pythonsecurityeval.testkit import TaskTest, attack, inside\n\n"
    method = textwrap.indent(textwrap.dedent(body), " " * 8)
    return f"{head}{textwrap.dedent(before)}\n\nclass Case(TaskTest):\n    uses = {tuple(uses)!r}\n\n    def test_it(self):\n{method}\n"


@pytest.fixture
def attempt() -> Try:
    """Outcome of one test, given the solution, the test's body and what it uses."""

    def run(solution: str, body: str, uses: Sequence[str] = (), before: str = "", seconds: float = 10) -> CaseResult:
        (result,) = run_local(suite_of(body, uses, before), textwrap.dedent(solution), seconds=seconds)
        return result

    return run


@pytest.fixture
def passes(attempt: Try) -> Callable[..., None]:
    """Assert that the test passes."""

    def check(*args: object, **kwargs: object) -> None:
        result = attempt(*args, **kwargs)
        assert (result.outcome.value, result.message) == ("passed", "")

    return check
