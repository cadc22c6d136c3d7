"""What holds of the estimators for all arguments."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pythonsecurityeval.metrics.estimators import bootstrap, mean, pass_at_k, wilson

shares = st.fractions(0, 1, max_denominator=20).map(float)


@st.composite
def counts(draw, most=300):
    n = draw(st.integers(1, most))
    return n, draw(st.integers(0, n)), draw(st.integers(1, n))


@given(counts(most=9))
def test_pass_at_k_agrees_with_counting_every_draw(ncs):
    n, c, k = ncs
    draws = list(itertools.combinations([True] * c + [False] * (n - c), k))
    assert pass_at_k(n, c, k) == pytest.approx(sum(map(any, draws)) / len(draws), abs=1e-12)


@given(counts())
def test_pass_at_k_agrees_with_exact_binomials(ncs):
    n, c, k = ncs
    exact = 1 - Fraction(math.comb(n - c, k), math.comb(n, k))
    assert pass_at_k(n, c, k) == pytest.approx(float(exact), abs=1e-12)
    assert 0.0 <= pass_at_k(n, c, k) <= 1.0


@given(counts())
def test_pass_at_k_grows_with_c_and_with_k(ncs):
    n, c, k = ncs
    here = pass_at_k(n, c, k)
    if c < n:
        assert pass_at_k(n, c + 1, k) >= here
    if k < n:
        assert pass_at_k(n, c, k + 1) >= here - 1e-12


@given(counts())
def test_pass_at_one_is_the_share_and_at_n_whether_any(ncs):
    n, c, _ = ncs
    assert pass_at_k(n, c, 1) == c / n
    assert pass_at_k(n, c, n) == float(c > 0)


@given(counts(most=2000))
def test_wilson_holds_the_share_within_bounds(ncs):
    n, c, _ = ncs
    low, high = wilson(c, n)
    assert 0.0 <= low <= c / n <= high <= 1.0
    assert low < high


@given(counts(most=2000))
def test_wilson_is_symmetric_and_grows_with_successes(ncs):
    n, c, _ = ncs
    low, high = wilson(c, n)
    assert wilson(n - c, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)
    if c < n:
        more = wilson(c + 1, n)
        assert more[0] > low
        assert more[1] >= high


@given(counts(most=200), st.integers(2, 10))
def test_wilson_narrows_with_more_trials(ncs, times):
    n, c, _ = ncs
    low, high = wilson(c, n)
    narrow = wilson(c * times, n * times)
    assert narrow[1] - narrow[0] < high - low


@given(st.lists(shares, min_size=2, max_size=60), st.randoms(use_true_random=False))
def test_bootstrap_holds_the_extremes_and_not_the_order(values, order):
    interval = bootstrap(values)
    assert interval is not None
    low, high = interval
    assert min(values) - 1e-8 <= low <= high <= max(values) + 1e-8
    order.shuffle(values)
    assert bootstrap(values) == interval


@given(st.lists(shares, min_size=2, max_size=40), st.integers(0, 39))
def test_bootstrap_does_not_fall_where_a_task_does_better(values, which):
    better = list(values)
    better[which % len(values)] = 1.0
    before, after = bootstrap(values), bootstrap(better)
    assert after[0] >= before[0] - 1e-8
    assert after[1] >= before[1] - 1e-8


@given(st.lists(shares, min_size=1))
def test_mean_is_exact_to_the_last_digit(values):
    assert mean(values) == pytest.approx(float(sum(map(Fraction, values)) / len(values)), abs=1e-15)
