"""Every error this package raises on purpose.

    PseError                     one clear line, shown without a traceback
    ├── UsageError               the user's input or options are wrong        (exit code 2)
    │   ├── InputProblems        many of them at once, one line each
    │   ├── DecodeError          a value does not have the documented shape
    │   └── CassetteMiss         a call that was never recorded is replayed
    ├── CheckFailed              a validation or verification found problems  (exit code 1)
    └── InfrastructureError      this machine, never the model                (exit code 3)
        ├── IsolationError       untrusted code cannot be isolated here
        ├── EnvironmentMissing   libraries that this run needs are not installed
        ├── ModelFailed          a model cannot be reached, or does not answer
        └── AnswerPending        a call was collected, to be answered in a batch

An outcome of a candidate is a value, never an exception; an infrastructure
failure is an exception, never an outcome.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import final


def printable(text: str) -> str:
    """Text of a stranger without what would steer a terminal: controls, escapes, marks that turn the direction."""
    return "".join(char if char.isprintable() else "�" for char in text)


class PseError(Exception):
    """Base of all errors raised on purpose; ``exit_code`` is what a command returns for it."""

    exit_code = 3


class UsageError(PseError):
    """Bad usage or bad input; the message says what is wrong and how to mend it."""

    exit_code = 2


@final
class InputProblems(UsageError):
    """Several problems of one input, in order of appearance.

    Args:
        problems: One line each, ``file:line: $.path: message``.
        hidden: How many more there are that are not listed.
    """

    def __init__(self, problems: Sequence[str], hidden: int = 0) -> None:
        self.problems = tuple(printable(problem) for problem in problems)
        self.hidden = hidden
        more = (f"… and {hidden} more problems",) if hidden else ()
        super().__init__("\n".join((*self.problems, *more)))


@final
class DecodeError(UsageError):
    """A value does not have the documented shape.

    Args:
        path: JSON path of the offending value, ``$`` for the whole.
        message: What is wrong with it.
    """

    def __init__(self, path: str, message: str) -> None:
        self.path = path
        self.message = message
        super().__init__(f"{path}: {message}")


class CassetteMiss(UsageError):
    """A call was never recorded, and there is no model to ask."""


class CheckFailed(PseError):
    """A validation or verification found problems in what it checked."""

    exit_code = 1


class InfrastructureError(PseError):
    """This machine failed; no sample is graded by it."""

    exit_code = 3


class IsolationError(InfrastructureError):
    """Untrusted code cannot be isolated on this machine; see ``pse doctor``."""


class EnvironmentMissing(InfrastructureError):
    """Libraries that this run needs are not installed, or not at the pinned version; the message names the command."""


class ModelFailed(InfrastructureError):
    """A model cannot be reached or does not answer, after all retries."""


class AnswerPending(InfrastructureError):
    """A call was written down to be answered in a batch; what depends on it waits."""
