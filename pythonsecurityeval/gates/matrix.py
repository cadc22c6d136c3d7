"""What the gates found: tasks by gates, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

GATES: Mapping[str, str] = {
    "G1": "sound",
    "G2": "clean",
    "G3": "exploitable",
    "G4": "discriminating",
    "G5": "neutral",
    "G6": "hermetic",
    "G7": "labelled",
}

State = Literal["passed", "failed", "not_run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a task does not pass a gate.

    Attributes:
        gate: ``G1`` to ``G7``.
        task_id: The task.
        where: The test, reference or key it is about.
        reason: One line.
    """

    gate: str
    task_id: str
    where: str
    reason: str

    @property
    def line(self) -> str:
        """The failure for a reader, in one line."""
        return f"{self.gate} {GATES[self.gate]}: {self.task_id}: {self.where}: {' '.join(self.reason.split())}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """How many mutants of ``secure.py`` the tests noticed, and what each of the others changed."""

    total: int
    killed: int
    survivors: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Share of mutants killed, in [0, 1]; 1 where there is nothing to mutate."""
        return self.killed / self.total if self.total else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One task. A gate that was not run is in neither ``ran`` nor ``failures``."""

    task_id: str
    ran: frozenset[str]
    failures: tuple[Failure, ...] = ()
    mutation: Mutation | None = None

    def state(self, gate: str) -> State:
        """How the task stands at one gate."""
        if any(failure.gate == gate for failure in self.failures):
            return "failed"
        return "passed" if gate in self.ran else "not_run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """All tasks by all gates.

    Attributes:
        rows: Sorted by task.
        tiers: Isolation tiers that the tests ran in; ``local`` means none.
        notes: What a reader should know about the run, one line each.
    """

    rows: tuple[Row, ...]
    tiers: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def failures(self) -> tuple[Failure, ...]:
        """All failures, by task, then gate."""
        return tuple(failure for row in self.rows for failure in row.failures)

    @property
    def passed(self) -> bool:
        """Whether no task fails a gate."""
        return not self.failures
