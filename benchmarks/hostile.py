"""Every attack of the test suite in both tiers: what is forged, escapes or stays, and how far limits are overrun."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import material
from benchmarks.figures import Figure, Scale
from pythonsecurityeval.sandbox import Limits, SandboxPool
from pythonsecurityeval.types import Execution, Extraction, Prediction, UnitTest
from tests.attacks.outside import Outside, descendants
from tests.attacks.suites import HONEST, SUITES

_HEAD = re.compile(r"# suite: (?P<suite>\w+); functional: (?P<allowed>[\w ]+)\n")
_LIMITS = Limits(cpu_s=0.5, wall_factor=2.0, memory_mb=256, processes=32, scratch_mb=32, file_mb=8)
_OVERRUN_S = 0.5
_SETTLE_S = 3.0
#: Suites that start the judge and both fork-servers, which then stay.
_WARMS = ("plain", "shop")


def measure(scale: Scale) -> Iterator[Figure]:
    """Counts over both tiers, and the worst overrun."""
    paths = material.attack_files()[:: scale.of(1, 60)]
    forged = escaped = left = 0
    overruns = []
    for tier in ("namespaces", "landlock"):
        with tempfile.TemporaryDirectory(prefix="bench-") as name, SandboxPool(tier=tier, limits=_LIMITS) as pool:
            outside = Outside(Path(name))
            for suite in _WARMS:
                _run(pool, suite, HONEST[suite])
            expected = len(descendants())
            for path in paths:
                text = outside.arm(path.read_text("utf-8"))
                suite, allowed = _head(text)
                execution = _run(pool, suite, text)
                forged += execution.functional == "passed" and "passed" not in allowed.split()
                escaped += _was_touched(outside, execution)
                left += _left(expected)
                overruns.append((_overrun(execution), path.stem))
            outside.close()
    runs = 2 * len(paths)
    yield Figure(name=f"forged passes of {runs} attacks", measured=str(forged), target="0", reached=not forged)
    yield Figure(name=f"escapes of {runs} attacks", measured=str(escaped), target="0", reached=not escaped)
    yield Figure(name=f"processes left over after {runs} attacks", measured=str(left), target="0", reached=not left)
    worst, attack = max(overruns)
    yield Figure(
        name=f"worst overrun past a time limit ({attack})",
        measured=f"{worst:.2f} s",
        target=f"≤ {_OVERRUN_S:g} s",
        reached=worst <= _OVERRUN_S,
    )


def _head(text: str) -> tuple[str, str]:
    """The suite that an attack meets, and the verdicts that are right for it."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError("an attack does not say which suite it meets")
    return head["suite"], head["allowed"]


def _run(pool: SandboxPool, suite: str, code: str) -> Execution:
    test = UnitTest(task_id=suite, suite="functional", source=SUITES[suite])
    sample = Prediction(task_id=suite, sample_index=0, code=code, extraction=Extraction.SOLUTION), [test]
    [(_, execution)] = pool.execute([sample])
    return execution


def _was_touched(outside: Outside, execution: Execution) -> bool:
    said = " ".join(test.message for test in execution.functional_tests)
    try:
        outside.check_untouched()
    except AssertionError:
        return True
    return "ESCAPED" in said or outside.secret in said


def _left(expected: int) -> int:
    end = time.monotonic() + _SETTLE_S
    while (extra := len(descendants()) - expected) > 0 and time.monotonic() < end:
        time.sleep(0.02)
    return max(0, extra)


def _overrun(execution: Execution) -> float:
    """Seconds past the limits of all tests that ran: of CPU time, or on the clock, whichever is more."""
    ran = sum(test.outcome != "not_run" for test in execution.functional_tests)
    used = execution.usage
    return max(used.cpu_s - ran * _LIMITS.cpu_s, used.wall_s - ran * _LIMITS.wall_s, 0.0)
