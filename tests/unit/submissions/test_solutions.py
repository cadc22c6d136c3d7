"""Proposed solutions are told apart by the numbers at the start of lines, and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pythonsecurityeval.submissions._solutions import split


@pytest.mark.parametrize(
    ("answer", "solutions"),
    [
        ("1. a\n2. b\n3. c", ["a", "b", "c"]),
        ("Here are three:\n\n1) a\n2) b", ["a", "b"]),
        ("**1. a**\nmore\n**2. b**", ["a\nmore", "b"]),
        ("### Solution 1: a\ntext\n### Solution 2: b", ["a\ntext", "b"]),
        ("1. a\n   1. step\n   2. step\n2. b", ["a\n   1. step\n   2. step", "b"]),
        ("1. use range(10) and f(2) of 3.\n2. b", ["use range(10) and f(2) of 3.", "b"]),
        ("1. a\n```\n2. no\n```\n2. b", ["a\n```\n2. no\n```", "b"]),
        ("1. a\n2. A\n3. c", ["a", "c"]),
        ("1. a\n2.\n3. c", ["a", "c"]),
        ("1. a\n2. b\n3. c\n4. d", ["a", "b", "c"]),
        ("Quote the argument.", ["Quote the argument."]),
        ("  1. a\n  2. b", ["a", "b"]),
        ("1. a\n1. b", ["a\n1. b"]),
        ("", []),
        ("  \n", []),
    ],
)
def test_split(answer, solutions):
    assert split(answer, 3) == solutions


@given(st.text(), st.integers(1, 5))
def test_any_answer_gives_at_most_k_distinct_solutions_that_it_holds(answer, count):
    solutions = split(answer, count)
    assert len(solutions) == len(set(solutions)) <= count
    assert all(solution.strip() for solution in solutions)
    assert bool(solutions) == bool(answer.strip()) or not any(line.strip() for line in answer.splitlines())
