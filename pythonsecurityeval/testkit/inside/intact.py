"""Whether this process still starts programs by the seams: a claim, which can only speak against a candidate.

Who makes a seam do nothing hides what would have been started, so the judge
asks after an attack that seems to have found nothing. A replacement that is
undone by then is not seen, and neither is a candidate that also replaces this
module; see `docs/decisions/0004-effects-past-the-seams.md`.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator
from typing import Any

from pythonsecurityeval.testkit.inside.line import JUDGE

_KIT = __name__.rpartition(".")[0]
#: What starts programs, by module and the beginnings of names; `seams.install` has loaded them all.
_STARTERS = ("exec", "fork", "popen", "posix_spawn", "spawn", "system")
_MODULES = {"os": _STARTERS, "posix": _STARTERS, "_posixsubprocess": _STARTERS, "subprocess": ("",)}
_MOST_NAMED = 5


class Picture:
    """Remembers what starts programs, and what this kit is made of, as it is now."""

    def __init__(self) -> None:
        kit = {name: ("",) for name in sys.modules if name.startswith(f"{_KIT}.")}
        self._modules = [(sys.modules[name], beginnings) for name, beginnings in (_MODULES | kit).items()]
        self._parts = dict(self._found())

    def changed(self) -> list[str]:
        """What is another now than it was, by name."""
        found = dict(self._found())
        return [name for name, parts in self._parts.items() if not _same(parts, found.get(name, ()))][:_MOST_NAMED]

    def _found(self) -> Iterator[tuple[str, tuple[Any, ...]]]:
        for module, beginnings in self._modules:
            yield from _members(module, module.__name__, beginnings)
        yield "the line to the judge", (*vars(JUDGE).values(), *vars(JUDGE.line).values())


def _members(owner: Any, name: str, beginnings: tuple[str, ...]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for key, value in list(vars(owner).items()):
        if key.startswith(beginnings) and callable(value):
            yield f"{name}.{key}", _parts(value)
            if isinstance(value, type) and value.__module__ == name:
                yield from _members(value, f"{name}.{key}", ("",))


def _parts(value: Any) -> tuple[Any, ...]:
    """What a function is made of: each of these could be set to something else."""
    if not isinstance(value, types.FunctionType):
        return (value,)
    cells = [cell.cell_contents for cell in value.__closure__ or ()]
    return value, value.__code__, value.__defaults__, value.__kwdefaults__, *cells


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
