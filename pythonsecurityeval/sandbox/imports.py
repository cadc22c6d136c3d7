"""Which fork-server a sample needs, by reading its imports and its tests without running anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pythonsecurityeval.sandbox.policy import HEAVY, Kind
from pythonsecurityeval.types import UnitTest

_TOP_LEVEL = frozenset(name.partition(".")[0] for name in HEAVY)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
#: What of the kit uses such a library beside the solution, whatever that imports itself.
_KIT = re.compile(r"\b(?:given\.(?:frame|flask_request|django_request)|view\.(?:frame|wsgi))\b")
_LONGEST = 1 << 20


def kind_for(code: str, tests: Sequence[UnitTest]) -> Kind:
    """What ``code``, or the kit on behalf of its ``tests``, seems to need; a wrong guess of libraries costs time only.

    All tests of a sample count: in a fork-server of another kind a candidate would know which suite it runs in.
    """
    heavy = _imports_heavy(code) or any(_uses_heavy(test) for test in tests)
    return Kind(heavy=heavy, with_test=any(test.integrity == "in_process" for test in tests))


def _uses_heavy(test: UnitTest) -> bool:
    if test.integrity == "in_process":  # imports libraries itself, and names them in patches
        return not _TOP_LEVEL.isdisjoint(_WORD.findall(test.source))
    return _KIT.search(test.source) is not None or _imports_heavy(test.source)


def _imports_heavy(code: str) -> bool:
    # Not parsed: hostile text could exhaust the stack or the memory of the process that owns the results.
    lines = (line for line in code[:_LONGEST].splitlines() if "import" in line)
    return any(not _TOP_LEVEL.isdisjoint(_WORD.findall(line)) for line in lines)
