"""The seams of the house: one method each, so that anyone can bring their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from pythonsecurityeval.types import Execution, Prediction, ScanResult, Task, UnitTest

Message = Mapping[str, str]
"""A chat message: ``role`` (``system``, ``user`` or ``assistant``) and ``content``."""


@runtime_checkable
class Corpus(Protocol):
    """A set of tasks. Tests and references are other values, loaded elsewhere."""

    def tasks(self) -> Sequence[Task]:
        """All tasks, sorted by id."""


@runtime_checkable
class ChatModel(Protocol):
    """Anything that answers a conversation."""

    def ask(self, messages: Sequence[Message]) -> str:
        """The model's next message, as text."""


@runtime_checkable
class Scanner(Protocol):
    """A static analyser; it fails closed and never executes what it reads."""

    def scan(self, code: str) -> ScanResult:
        """Findings of ``code``, or why there can be none."""


@runtime_checkable
class Submission(Protocol):
    """A method that refines code. It is handed what it may use and imports neither scanner nor sandbox."""

    def refine(
        self, task: Task, code: str, ask: Callable[[Sequence[Message]], str], scan: Callable[[str], ScanResult]
    ) -> str:
        """The refined code."""


@runtime_checkable
class Sandbox(Protocol):
    """Runs hostile code against its tests, many samples at a time."""

    def execute(
        self, samples: Iterable[tuple[Prediction, Sequence[UnitTest]]]
    ) -> Iterator[tuple[Prediction, Execution]]:
        """Executions in order of completion; lazily consumed, so memory stays flat.

        Raises:
            InfrastructureError: This machine failed; never the candidate's fault.
        """
