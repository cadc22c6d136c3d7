"""How to score."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pythonsecurityeval import _registry
from pythonsecurityeval.errors import UsageError
from pythonsecurityeval.types import Prediction, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to score; the defaults are those of ``pse-score``.

    Attributes:
        allow_missing: Count tasks without a prediction as failed, instead of refusing the file.
        tasks: Glob over task ids.
        limit: Only the first so many of the selected tasks.
        shard: ``(i, n)``: only the i-th (from 1) of n parts of the samples.
        scan_only: Do not run the code.
        scanner: Name of the scanner; numbers that are to be compared with others' are Bandit's.
        ks: The k of pass@k.
        timeout_s: CPU seconds one test may use, or ten times what the task's reference takes on this machine if that
            is more; wall time is limited to three times that.
        memory_mb: Address space of one candidate.
        jobs: Workers; by default as many as this process may use cores.
        tier: ``auto``, ``namespaces`` or ``landlock``.
        python: Interpreter that runs candidates; by default this one.
        resume, overwrite: What to do with a folder that holds a run.
    """

    allow_missing: bool = False
    tasks: str = "*"
    limit: int | None = None
    shard: tuple[int, int] = (1, 1)
    scan_only: bool = False
    scanner: str = "bandit"
    ks: tuple[int, ...] = (1,)
    timeout_s: float = 2.0
    memory_mb: int = 2048
    jobs: int | None = None
    tier: Literal["auto", "namespaces", "landlock"] = "auto"
    python: str | None = None
    resume: bool = False
    overwrite: bool = False

    def select(self, tasks: Sequence[Task]) -> list[Task]:
        """The tasks that are scored.

        Raises:
            UsageError: The glob selects none.
        """
        chosen = [task for task in tasks if fnmatch.fnmatchcase(task.task_id, self.tasks)][: self.limit]
        if not chosen:
            hint = _registry.nearest(self.tasks, [task.task_id for task in tasks])
            raise UsageError(f"--tasks {self.tasks!r} selects no task; {hint}")
        return chosen

    def part(self, predictions: Sequence[Prediction]) -> list[Prediction]:
        """The shard's share of the samples."""
        part, parts = self.shard
        return list(predictions[part - 1 :: parts])
