"""What the server answers when a command fails, and how much work one may be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, final

from pythonsecurityeval.testkit.judge.doubles.budget import Budget, OverdrawnError

#: Steps of one command, and of all commands of a test; a step takes one to three microseconds.
MOST_STEPS: Final = 300_000
MOST_STEPS_OF_ALL: Final = 2_000_000
#: Weight of the heaviest document, about its size in bytes.
MOST_WEIGHT: Final = 16 << 20
#: How deep documents nest.
MOST_DEPTH: Final = 100
_NAMES: Final = {
    2: "BadValue", 8: "UnknownError", 9: "FailedToParse", 11: "UserNotFound", 13: "Unauthorized", 14: "TypeMismatch",
    15: "Overflow", 18: "AuthenticationFailed", 20: "IllegalOperation", 26: "NamespaceNotFound", 27: "IndexNotFound",
    28: "PathNotViable", 40: "ConflictingUpdateOperators", 43: "CursorNotFound", 48: "NamespaceExists",
    50: "MaxTimeMSExpired", 59: "CommandNotFound", 66: "ImmutableField", 73: "InvalidNamespace",
    115: "CommandNotSupported", 121: "DocumentValidationFailure", 139: "JSInterpreterFailure", 11000: "DuplicateKey",
    10334: "BSONObjectTooLarge",
}  # fmt: skip


class MongoError(Exception):
    """A command, or one write of it, failed.

    Args:
        code: The server's number for it.
        message: The server's words.
        details: More fields of the answer.
    """

    def __init__(self, code: int, message: str, details: Mapping[str, Any] | None = None) -> None:
        self.code = code
        self.message = message[:1000]
        self.details = dict(details or {})
        super().__init__(code, message)

    def answer(self) -> dict[str, Any]:
        """The whole answer of a command that failed."""
        name = _NAMES.get(self.code, f"Location{self.code}")
        return {"ok": 0.0, "errmsg": self.message, "code": self.code, "codeName": name, **self.details}

    def of_write(self, index: int) -> dict[str, Any]:
        """An entry of ``writeErrors``."""
        return {"index": index, "code": self.code, "errmsg": self.message, **self.details}


@final
class Work:
    """What one command may still do."""

    def __init__(self, all_commands: Budget) -> None:
        self._left = MOST_STEPS
        self._all = all_commands

    def spend(self, steps: int = 1) -> None:
        """Count steps.

        Raises:
            MongoError: They are more than any honest command takes.
        """
        self._left -= steps
        try:
            self._all.spend(steps)
        except OverdrawnError as error:
            raise MongoError(50, "operation exceeded time limit") from error
        if self._left < 0:
            raise MongoError(50, "operation exceeded time limit")

    def weigh(self, value: Any) -> Any:
        """``value`` itself, once its weight is counted.

        Raises:
            MongoError: It is heavier or deeper than any document.
        """
        weight, steps, pending = 0, 0, [(value, 0)]
        while pending:
            item, depth = pending.pop()
            steps += 1
            weight += 8 + (len(item) if isinstance(item, str | bytes) else 0)
            inner = item.values() if isinstance(item, dict) else item if isinstance(item, list) else ()
            weight += sum(len(name) for name in item) if isinstance(item, dict) else 0
            if depth >= MOST_DEPTH and inner:
                raise MongoError(15, "exceeded maximum nested object depth")
            if weight > MOST_WEIGHT or steps > MOST_STEPS:
                raise MongoError(10334, "BSONObj size is invalid")
            pending += [(child, depth + 1) for child in inner]
        self.spend(steps + (weight >> 8))
        return value
