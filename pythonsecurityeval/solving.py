"""What a submission is told of a sample, and what is kept of its work: the values of `protocols.Submission`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.types import Extraction, Finding, ScanResult, sha256

Track = Literal["generate", "patch"]
"""What a submission does: write code for a prompt, or mend code that the scanner flagged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """What a submission is told of a task: no label, no test, no reference.

    Attributes:
        task_id: The task's id.
        prompt: What is asked for, with what the corpus says of the environment.
        entry_point: The name that the code must define; empty where the corpus does not say.
        code: On the track ``patch``, the code that was flagged.
        findings: What the scanner found in ``code``.
    """

    task_id: str
    prompt: str
    entry_point: str
    code: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One question to the model, with its answer; ``step`` is the submission's own name for it."""

    step: str
    messages: tuple[Message, ...]
    sampling: Sampling
    draw: int
    reply: Reply


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One candidate: the code in a reply, by the rules of *Predictions*, and what the scanner says of it."""

    step: str
    code: str
    extraction: Extraction
    scan: ScanResult

    @property
    def clean(self) -> bool:
        """Scanned to its end without a finding; what does not parse, or is no code, never is."""
        return self.scan.status == "clean"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """All that a submission did for one sample, in order.

    Attributes:
        submission: The submission's name.
        task_id: The task's id.
        sample_index: Number of the sample within the task.
        initial: The code that it started from, and its scan; None on the track ``generate``.
        calls: Every call.
        attempts: Every candidate, also those that were given up.
        code: What it answered in the end.
    """

    submission: str
    task_id: str
    sample_index: int
    initial: Attempt | None
    calls: tuple[Call, ...]
    attempts: tuple[Attempt, ...]
    code: str

    @property
    def key(self) -> tuple[str, int]:
        """Task id and sample index."""
        return self.task_id, self.sample_index

    @property
    def kept(self) -> int | None:
        """Index of the attempt that became the answer; None if it is the code it started from, or no attempt's."""
        if self.initial is not None and self.initial.code == self.code:
            return None
        return next((i for i, attempt in enumerate(self.attempts) if attempt.code == self.code), None)

    @property
    def code_sha256(self) -> str:
        """Hex SHA-256 of the answer."""
        return sha256(self.code)
