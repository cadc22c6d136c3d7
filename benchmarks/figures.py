"""What a benchmark reports: one line a figure, with its target, and whether it was reached."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure.

    Attributes:
        name: What was measured.
        measured: The number with its unit, for a reader.
        target: What is to be reached; empty where the figure only explains another.
        reached: Whether it was; None without a target.
    """

    name: str
    measured: str
    target: str = ""
    reached: bool | None = None

    def line(self) -> str:
        """For the terminal."""
        mark = {True: "ok", False: "NO", None: ""}[self.reached]
        return f"{mark:<3}{self.name}: {self.measured}" + (f" (target {self.target})" if self.target else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much is measured: the full amount, or just enough to see that it works.

    Attributes:
        quick: Only see that it works; the numbers mean little.
    """

    quick: bool = False

    def of(self, count: int, quick: int) -> int:
        """``count``, or ``quick``."""
        return quick if self.quick else count


Benchmark = Callable[[Scale], Iterator[Figure]]


@dataclass(slots=True)
class Spent:
    """Seconds that a block took: on the clock, and of CPU time with all processes that ended in it."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    started: float = field(default_factory=time.perf_counter)


@contextmanager
def spending() -> Iterator[Spent]:
    """Measure a block."""
    spent, before = Spent(), _cpu_s()
    try:
        yield spent
    finally:
        spent.wall_s = time.perf_counter() - spent.started
        spent.cpu_s = _cpu_s() - before


def _cpu_s() -> float:
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def middle(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0))
