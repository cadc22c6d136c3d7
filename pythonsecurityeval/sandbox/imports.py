"""Which fork-server a sample needs, by reading its imports without running anything."""

from __future__ import annotations

import re

from pythonsecurityeval.sandbox.policy import HEAVY

_TOP_LEVEL = frozenset(name.partition(".")[0] for name in HEAVY)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LONGEST = 1 << 20


def needs_heavy(code: str) -> bool:
    """Whether ``code`` seems to import a preloaded third-party library; a wrong guess costs time only."""
    # Not parsed: hostile text could exhaust the stack or the memory of the process that owns the results.
    lines = (line for line in code[:_LONGEST].splitlines() if "import" in line)
    return any(not _TOP_LEVEL.isdisjoint(_WORD.findall(line)) for line in lines)
