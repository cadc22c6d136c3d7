"""Which fork-server a sample needs, by reading its imports and its tests without running anything."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pythonsecurityeval.sandbox.policy import HEAVY
from pythonsecurityeval.types import UnitTest

_TOP_LEVEL = frozenset(name.partition(".")[0] for name in HEAVY)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: What of the kit uses such a library beside the solution, whatever that imports itself.
_KIT = re.compile(r"\b(?:given\.(?:frame|flask_request|django_request)|view\.(?:frame|wsgi))\b")
_LONGEST = 1 << 20


def needs_heavy(code: str, tests: Iterable[UnitTest] = ()) -> bool:
    """Whether ``code``, or the kit on behalf of its ``tests``, seems to use a preloaded third-party library.

    A wrong guess costs time only. All tests of a sample count: in a fork-server
    of another kind a candidate would know which suite it runs in.
    """
    return _imports_heavy(code) or any(_uses_heavy(test) for test in tests)


def _uses_heavy(test: UnitTest) -> bool:
    if test.integrity == "in_process":  # imports libraries itself, and names them in patches
        return not _TOP_LEVEL.isdisjoint(_WORD.findall(test.source))
    return _KIT.search(test.source) is not None or _imports_heavy(test.source)


def _imports_heavy(code: str) -> bool:
    # Not parsed: hostile text could exhaust the stack or the memory of the process that owns the results.
    lines = (line for line in code[:_LONGEST].splitlines() if "import" in line)
    return any(not _TOP_LEVEL.isdisjoint(_WORD.findall(line)) for line in lines)
