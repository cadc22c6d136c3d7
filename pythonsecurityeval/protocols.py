"""The seams of the house: one method each, so that anyone can bring their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.types import Execution, Prediction, ScanResult, Task, UnitTest


@runtime_checkable
class Corpus(Protocol):
    """A set of tasks. Tests and references are other values, loaded elsewhere."""

    def tasks(self) -> Sequence[Task]:
        """All tasks, sorted by id."""


@runtime_checkable
class Model(Protocol):
    """Anything that answers a conversation.

    Attributes:
        name: What the model is, the same wherever it runs: part of a recorded call's key, never a path or an address.
        about: What else is known of it, as plain JSON data, for the record.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - above

    @property
    def about(self) -> Mapping[str, Any]: ...  # noqa: D102 - above

    async def complete(self, messages: Sequence[Message], sampling: Sampling, draw: int) -> Reply:
        """The model's next message.

        Args:
            messages: The conversation so far, the last of the user.
            sampling: How the answer is drawn.
            draw: 0, 1, … tells apart several answers to the same conversation.

        Raises:
            InfrastructureError: The model cannot be reached, or does not answer.
            UsageError: The provider does not accept the request: a wrong key, an unknown model.
        """


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
