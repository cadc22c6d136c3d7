"""Trivial samples: one test file of three tests, split and fully isolated; what the sandbox itself costs."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import naive
from benchmarks.figures import Figure, Scale, cores, middle, spending
from pythonsecurityeval.sandbox import SandboxPool
from pythonsecurityeval.types import Extraction, Prediction, UnitTest

_SUITE = """
from pythonsecurityeval.testkit import TaskTest


class Functional(TaskTest):
    def test_numbers(self):
        self.assertEqual(self.solution.add(2, 3), 5)

    def test_text(self):
        self.assertEqual(self.solution.add("a", "b"), "ab")

    def test_lists(self):
        self.assertEqual(self.solution.add([1], []), [1])
"""
_CODE = "def add(a, b):\n    return a + b\n"
_LEAST = 100.0


def measure(scale: Scale) -> Iterator[Figure]:
    """Samples a second in each tier, and how much more a fresh Python takes."""
    count = scale.of(2000, 20)
    alone_s = _fresh(scale.of(10, 1))
    for tier in ("namespaces", "landlock"):
        with SandboxPool(tier=tier, jobs=cores()) as pool:
            _run(pool, 4 * cores())
            with spending() as spent:
                _run(pool, count)
        rate = count / spent.wall_s
        yield Figure(
            name=f"trivial samples, tier {tier}",
            measured=f"{rate:.0f} a second",
            target=f"≥ {_LEAST:g} a second on two cores",
            reached=rate >= _LEAST,
        )
        yield Figure(name=f"fresh Python in local mode / ours, tier {tier}", measured=f"{alone_s * rate:.0f} times")


def _run(pool: SandboxPool, count: int) -> None:
    test = UnitTest(task_id="PSE-000", suite="functional", source=_SUITE)
    samples = (
        (Prediction(task_id="PSE-000", sample_index=index, code=_CODE, extraction=Extraction.SOLUTION), [test])
        for index in range(count)
    )
    passed = sum(execution.functional == "passed" for _, execution in pool.execute(samples))
    if passed != count:
        raise RuntimeError(f"{count - passed} of {count} trivial samples do not pass")


def _fresh(count: int) -> float:
    """Seconds that one core is busy with one such sample in a fresh Python, divided among the cores."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        test, code = Path(name, "functional.py"), Path(name, "solution.py")
        test.write_text(_SUITE, encoding="utf-8")
        code.write_text(_CODE, encoding="utf-8")
        times = []
        for _ in range(count):
            with spending() as spent:
                naive.run(test, code)
            times.append(spent.wall_s)
    return middle(times) / cores()
