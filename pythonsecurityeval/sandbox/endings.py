"""What it means for a test that its candidate passed a limit, or ended by itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from typing import Any, Final

from pythonsecurityeval.sandbox.policy import MEGABYTE
from pythonsecurityeval.sandbox.watch import Excess
from pythonsecurityeval.types import Outcome

_NEAR_THE_LIMIT = 0.8
OUTCOMES: Final = {
    Excess.TIME: Outcome.TIMEOUT,
    Excess.MEMORY: Outcome.OUT_OF_MEMORY,
    Excess.PROCESSES: Outcome.ERROR,
    Excess.STORAGE: Outcome.ERROR,
}

Report = Mapping[str, Any]
"""What a fork-server says of a candidate that ended: ``status``, ``overflowed``, ``max_rss_kb`` and more."""


def by_itself(report: Report, message: str, memory_mb: int) -> tuple[Outcome, str]:
    """Why a candidate ended, as far as its exit status tells.

    Args:
        report: How it ended.
        message: What is known already.
        memory_mb: What it was allowed to hold.
    """
    if report["overflowed"]:
        return OUTCOMES[Excess.STORAGE], Excess.STORAGE.value
    status = report["status"]
    if not os.WIFSIGNALED(status):
        return Outcome.ERROR, f"{message} (exit status {os.WEXITSTATUS(status)})"
    if report["max_rss_kb"] * 1024 > _NEAR_THE_LIMIT * memory_mb * MEGABYTE:
        return Outcome.OUT_OF_MEMORY, Excess.MEMORY.value
    number = os.WTERMSIG(status)
    return Outcome.ERROR, message if number == signal.SIGKILL else f"{message} (signal {number})"


def was_killed(report: Report) -> bool:
    """Whether a candidate was killed: by itself, or by a machine that ran out of memory."""
    status = report["status"]
    return not report["overflowed"] and os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
