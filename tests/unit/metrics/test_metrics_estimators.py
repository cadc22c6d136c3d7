"""Estimators against values worked out by hand or by other means."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from pythonsecurityeval.metrics.estimators import bootstrap, mean, pass_at_k, wilson


@pytest.mark.parametrize(
    ("n", "c", "k", "value"),
    [
        (1, 0, 1, 0.0),
        (1, 1, 1, 1.0),
        (5, 2, 1, 0.4),
        (5, 2, 2, 0.7),  # 1 - 3 / 10
        (10, 3, 5, 1 - 21 / 252),
        (10, 6, 5, 1.0),  # five samples cannot all be among four wrong ones
        (200, 1, 100, 0.5),
    ],
)
def test_pass_at_k(n, c, k, value):
    assert pass_at_k(n, c, k) == pytest.approx(value, abs=1e-12)


def test_pass_at_k_is_stable_where_binomials_overflow():
    assert 0 < pass_at_k(100_000, 3, 1_000) < 1
    assert pass_at_k(100_000, 3, 1_000) == pytest.approx(1 - 0.99**3, abs=1e-4)


@pytest.mark.parametrize(("n", "c", "k"), [(0, 0, 1), (1, 2, 1), (1, -1, 1), (1, 1, 0), (3, 1, 4)])
def test_pass_at_k_refuses_what_makes_no_sense(n, c, k):
    with pytest.raises(ValueError, match="pass@k needs"):
        pass_at_k(n, c, k)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (189, 470, 0.3588, 0.4471)],
)
def test_wilson(successes, n, low, high):
    assert wilson(successes, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (2, 1), (-1, 3)])
def test_wilson_refuses_what_makes_no_sense(successes, n):
    with pytest.raises(ValueError, match="an interval needs"):
        wilson(successes, n)


def test_mean_does_not_depend_on_the_order():
    values = [0.1, 0.7, 1e-17, 0.3, 1.0] * 7
    assert mean(values) == mean(values[::-1]) == mean(sorted(values))
    with pytest.raises(ValueError, match="no values"):
        mean([])


def test_bootstrap_of_proportions_is_near_the_normal_interval():
    low, high = bootstrap([1.0] * 141 + [0.0] * 329)
    half = 1.96 * math.sqrt(0.3 * 0.7 / 470)
    assert (low, high) == pytest.approx((0.3 - half, 0.3 + half), abs=0.004)


def test_bootstrap_needs_two_tasks():
    assert bootstrap([]) is None
    assert bootstrap([0.5]) is None
    assert bootstrap([0.5, 0.5]) == (0.5, 0.5)


def test_bootstrap_is_the_same_in_another_process():
    values = [i % 7 / 7 for i in range(100)]
    code = f"from pythonsecurityeval.metrics.estimators import bootstrap; print(bootstrap({values!r}))"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == str(bootstrap(values)) == "(0.367107143, 0.477142857)"


def test_bootstrap_of_many_tasks_goes_in_blocks():
    low, high = bootstrap([0.0, 1.0] * 2_000)
    assert low < 0.5 < high
    assert high - low < 0.035
