"""What the parent takes from the processes that work for it: plain, bounded, and only in the one expected shape."""

from __future__ import annotations

import dataclasses
import time
from dataclasses import dataclass, field
from typing import Any

from pythonsecurityeval.sandbox.channel import Gone
from pythonsecurityeval.types import CaseResult, Outcome, Usage

_LONGEST_NAME = 200
_LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Case:
    """A test as the worker knows it: what it is called, whether it wants a process of its own, and an answer."""

    blank: CaseResult
    isolated: bool
    answers: bool

    def ended(self, outcome: Outcome, message: str = "") -> CaseResult:
        """Its result."""
        return dataclasses.replace(self.blank, outcome=outcome, message=message)


@dataclass(slots=True)
class Meter:
    """Adds up what the processes of one sample used."""

    started: float = field(default_factory=time.monotonic)
    cpu_s: float = 0.0
    max_rss_kb: int = 0

    def add(self, report: dict[str, Any]) -> None:
        """Count one ended process tree."""
        self.cpu_s += report["cpu_s"]
        self.max_rss_kb = max(self.max_rss_kb, report["max_rss_kb"])

    def usage(self) -> Usage:
        """So far, with the wall time until now."""
        return Usage(cpu_s=self.cpu_s, wall_s=time.monotonic() - self.started, max_rss_mb=self.max_rss_kb / 1024)


def case_of(claim: Any) -> Case:
    """A test, as the judge described it.

    Raises:
        Gone: It did so in another shape.
    """
    match claim:
        case {
            "name": str(name),
            "cwe": str(cwe),
            "resource": bool(resource),
            "isolated": bool(isolated),
            "answers": bool(answers),
        }:
            blank = CaseResult(name=_line(name), outcome=Outcome.NOT_RUN, cwe=_line(cwe), resource=resource)
            return Case(blank, isolated, answers)
    raise Gone("the judge described a test badly")


def verdict_of(answer: dict[str, Any]) -> tuple[Outcome, str, bool]:
    """Outcome, message, and whether the wire is closed; a judge met hostile data, so nothing else is taken.

    Raises:
        Gone: It answered in another shape.
    """
    match answer:
        case {"outcome": str(outcome), "message": str(message), "closed": bool(is_closed)} if outcome in set(Outcome):
            return Outcome(outcome), _line(message, _LONGEST_MESSAGE), is_closed
    raise Gone("the judge answered in another shape")


def _line(text: str, longest: int = _LONGEST_NAME) -> str:
    return "".join(char if char.isprintable() else " " for char in text[:longest])
