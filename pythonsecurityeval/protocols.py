"""The seams of the house: one method each, so that anyone can bring their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, runtime_checkable

from pythonsecurityeval.chat import Message, Reply, Sampling
from pythonsecurityeval.solving import Assignment, Attempt, Track
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
    """A static analyser; it fails closed, never executes what it reads, and may be used by several threads.

    A plugin registers what makes one without arguments; a method ``close`` is called at the end if there is one.

    Attributes:
        name: What it is called, in results.
        version: Its version; part of what makes two runs comparable, as are
        rules_sha256: the hash of its rules.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - above

    @property
    def version(self) -> str: ...  # noqa: D102 - above

    @property
    def rules_sha256(self) -> str: ...  # noqa: D102 - above

    def scan(self, code: str) -> ScanResult:
        """Findings of ``code``, or why there can be none."""


@runtime_checkable
class Desk(Protocol):
    """What a submission may use for one sample. All that happens here is kept in the sample's trace."""

    async def ask(self, step: str, messages: Sequence[Message]) -> str:
        """The model's answer, without its reasoning.

        Args:
            step: What this call is for, in a word or two, for the trace.
            messages: The conversation; the same one asked again is drawn again.
        """

    async def attempt(self, step: str, messages: Sequence[Message]) -> Attempt:
        """The code in the model's answer, scanned."""

    async def scan(self, code: str) -> ScanResult:
        """What the scanner says of code that the submission made itself."""


@runtime_checkable
class Submission(Protocol):
    """A system under evaluation. It is handed what it may use and imports neither scanner nor sandbox.

    A plugin registers what makes one: a callable whose keyword arguments are its options, whole numbers.

    Attributes:
        track: ``generate``: called for every task; ``patch``: called for code that the scanner flagged.
        prompts: Hex SHA-256 by name of the prompt texts that it sends, for the record.
    """

    @property
    def track(self) -> Track: ...  # noqa: D102 - above

    @property
    def prompts(self) -> Mapping[str, str]: ...  # noqa: D102 - above

    async def solve(self, assignment: Assignment, desk: Desk) -> str:
        """The code: written for the prompt, or mended; empty if there is none."""


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
