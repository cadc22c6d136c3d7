"""The judge's side of the values on the wire."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, final

from pythonsecurityeval.testkit.inside import wire

_BASES: tuple[type, ...] = (bool, int, float, str, bytes, list, tuple, dict, set, frozenset)

#: What the module of every test file is called begins so; no candidate is told such a name.
TEST_MODULE = "unit_test:"
_LONGEST_TEXT = 2000


class KitFault(Exception):
    """The test or the kit is at fault, whatever the candidate did; no sample is graded by it."""


def text_of(error: object) -> str:
    """``str(error)``, or nothing where that raises in turn: the text may be made of what a candidate sent."""
    try:
        return str(error)
    except Exception:  # noqa: BLE001  a number of too many digits, a value nested too deeply, whatever comes
        return ""


def told(error: BaseException) -> str:
    """Class and text of an error, in bounds; never raises."""
    return f"{type(error).__name__}: {text_of(error)}"[:_LONGEST_TEXT]


def forget(error: BaseException | None) -> None:
    """Let go of the frames that an error came through: they hold it in turn, and all they knew with it."""
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__


@final
class SolutionError(Exception):
    """The solution raised; everything in it is the candidate's claim.

    Attributes:
        kinds: Qualified names of the class and its bases, nearest first.
        message: Its text; also ``str()`` of this error.
        in_solution: False where the kit could not even make the call (a given failed).
        line: Line of ``solution.py`` that raised, 0 if unknown.
        not_installed: It is about a module that is not installed there.
    """

    def __init__(
        self,
        kinds: tuple[str, ...],
        message: str,
        *,
        in_solution: bool = True,
        line: int = 0,
        not_installed: bool = False,
    ) -> None:
        super().__init__(message)
        self.kinds = kinds
        self.message = message
        self.in_solution = in_solution
        self.line = line
        self.not_installed = not_installed

    @property
    def name(self) -> str:
        """The bare name of its class."""
        return self.kinds[0].rpartition(".")[2] if self.kinds else "Exception"

    def is_a(self, kind: str | type) -> bool:
        """Whether it is of that class: a class, a bare name, or a qualified name (inner modules may be left out)."""
        if isinstance(kind, type):
            return f"{kind.__module__}.{kind.__qualname__}" in self.kinds
        package, dot, name = kind.partition(".")
        if not dot:
            return any(known.rpartition(".")[2] == kind for known in self.kinds)
        name = name.rpartition(".")[2]
        return any(k == kind or (k.partition(".")[0], k.rpartition(".")[2]) == (package, name) for k in self.kinds)


@final
class Handle:
    """An object that stays in the candidate's process; equal to nothing but itself.

    Attributes:
        kind: Qualified name of its class, a claim.
    """

    __slots__ = ("_number", "kind")

    def __init__(self, number: int, kind: str) -> None:
        self._number = number
        self.kind = kind

    def __repr__(self) -> str:
        return f"<handle of {self.kind}>"


@final
class Given:
    """An object to be made in the candidate's process, where it is passed to."""

    def __init__(self, source: str, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        self.parts = (source, name, list(args), dict(kwargs))


class Values(wire.Codec):
    """The judge's codec: knows handles, givens and its own functions, and nothing it is sent is more than data."""

    def __init__(self) -> None:
        self.callbacks: dict[int, Callable[..., Any]] = {}
        self._number = 0

    def rich(self, value: Any, depth: int) -> Any:
        """Handles, givens, functions, classes by name, patterns, and subclasses of plain types as plain."""
        if isinstance(value, Handle):
            return {"t": "h", "v": value._number}  # noqa: SLF001  opaque to tests, not to the codec
        if isinstance(value, Given):
            return {"t": "g", "v": [self.enc(part, depth) for part in value.parts]}
        if isinstance(value, re.Pattern):
            return {"t": "re", "v": [self.enc(value.pattern), value.flags]}
        if isinstance(value, type):
            return {"t": "cls", "v": f"{value.__module__}:{value.__qualname__}"}
        for base in _BASES:
            if isinstance(value, base):
                return self.enc(base(value), depth)
        if callable(value):
            self._number += 1
            self.callbacks[self._number] = value
            return {"t": "cb", "v": self._number}
        return super().rich(value, depth)

    def unrich(self, tag: Any, wire_: dict[str, Any], depth: int) -> Any:
        """Handles; a candidate has nothing else of its own to send."""
        if tag == "h" and type(wire_.get("n")) is str:
            return Handle(wire.check(wire_.get("v"), int, "a handle"), wire_["n"][:200])
        return super().unrich(tag, wire_, depth)
