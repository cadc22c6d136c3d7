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
    """A test as the worker knows it: what it is called, and whether it wants a process of its own."""

    blank: CaseResult
    isolated: bool

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


def case_of(claim: dict[str, Any]) -> Case:
    """A test, as the judge described it."""
    try:
        name, cwe = str(claim["name"])[:_LONGEST_NAME], str(claim["cwe"])[:_LONGEST_NAME]
        blank = CaseResult(name=name, outcome=Outcome.NOT_RUN, cwe=cwe, resource=bool(claim["resource"]))
        return Case(blank, bool(claim["isolated"]))
    except (KeyError, TypeError, AttributeError):
        raise Gone("the judge described a test badly") from None


def verdict_of(answer: dict[str, Any]) -> tuple[Outcome, str, bool]:
    """Outcome, message, and whether the wire is closed; a judge met hostile data, so nothing else is taken."""
    try:
        outcome, message, closed = Outcome(answer["outcome"]), answer["message"], answer["closed"]
    except (KeyError, ValueError, TypeError):
        raise Gone("the judge answered in another shape") from None
    if not isinstance(message, str) or not isinstance(closed, bool):
        raise Gone("the judge answered in another shape")
    text = "".join(char if char.isprintable() else " " for char in message[:_LONGEST_MESSAGE])
    return outcome, text, closed
