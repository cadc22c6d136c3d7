"""Estimators and their intervals, as functions of plain numbers.

Sources: Chen et al. 2021, "Evaluating Large Language Models Trained on Code" (pass@k);
Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference";
Efron 1979, "Bootstrap Methods" (percentile interval, tasks being what is drawn).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

#: Two-sided 95 % quantile of the normal distribution.
Z95 = 1.959963984540054
RESAMPLES = 2000
_SEED = 20_240_131
_CELLS = 1 << 20
#: Digits kept of an interval that was resampled: further ones differ between processors.
_DIGITS = 9


def pass_at_k(n: int, c: int, k: int) -> float:
    """Unbiased chance that at least one of ``k`` samples is right, given ``c`` right ones among ``n``.

    ``1 - C(n - c, k) / C(n, k)`` as a product, which neither overflows nor cancels.

    Raises:
        ValueError: Not ``0 <= c <= n`` and ``1 <= k <= n``.
    """
    if not (0 <= c <= n and 1 <= k <= n):
        raise ValueError(f"pass@k needs 0 <= c <= n and 1 <= k <= n, not {n=} {c=} {k=}")
    if k == 1:
        return c / n
    if n - c < k:
        return 1.0
    return 1.0 - math.prod((n - c - i) / (n - i) for i in range(k))


def wilson(successes: int, n: int) -> tuple[float, float]:
    """95 % score interval of a proportion; one independent trial a task.

    Raises:
        ValueError: Not ``0 <= successes <= n`` with ``n > 0``.
    """
    if not (n > 0 and 0 <= successes <= n):
        raise ValueError(f"an interval needs 0 <= successes <= n and n > 0, not {successes=} {n=}")
    share, spread = successes / n, Z95 * Z95 / n
    centre = share + spread / 2
    half = math.sqrt(spread * share * (1 - share) + spread * spread / 4)
    low = 0.0 if successes == 0 else max(0.0, (centre - half) / (1 + spread))
    high = 1.0 if successes == n else min(1.0, (centre + half) / (1 + spread))
    return low, high


def mean(values: Sequence[float]) -> float:
    """Arithmetic mean, the same for every order of the values.

    Raises:
        ValueError: There are none.
    """
    if not values:
        raise ValueError("no values")
    return math.fsum(values) / len(values)


def bootstrap(values: Sequence[float]) -> tuple[float, float] | None:
    """95 % percentile interval of the mean of task values, tasks drawn with replacement.

    The same for the same values in any order, on any machine. None for fewer than two
    values, which say nothing about their spread.
    """
    if len(values) < 2:  # noqa: PLR2004 - said above
        return None
    import numpy as np  # noqa: PLC0415 - 0.1 s that one sample per task does not need

    ordered = np.sort(np.asarray(values, dtype=np.float64))
    means = np.concatenate([ordered[draw].mean(axis=1) for draw in _draws(len(values))])
    low, high = np.quantile(means, [0.025, 0.975])
    return round(float(low), _DIGITS), round(float(high), _DIGITS)


@functools.lru_cache(maxsize=8)
def _draws(size: int) -> tuple[NDArray[np.int32], ...]:
    """`RESAMPLES` rows of ``size`` indices below ``size``, in blocks that bound the memory of one step."""
    import numpy as np  # noqa: PLC0415 - see `bootstrap`

    stream = np.random.RandomState(_SEED)  # not a Generator: numpy promises only of this one that its stream stays
    rows = max(1, _CELLS // size)
    blocks = [min(rows, RESAMPLES - done) for done in range(0, RESAMPLES, rows)]
    return tuple((stream.random_sample((block, size)) * size).astype(np.int32) for block in blocks)
