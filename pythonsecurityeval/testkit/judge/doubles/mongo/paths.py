"""Changes at dotted paths of a document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, index_of

_MOST_HOLES: Final = 1000
_DEEPEST: Final = 100


def change(holder: Any, parts: list[str], alter: Callable[[Any], Any], *, make: bool = True) -> None:
    """Replace the value at a path, in place.

    Args:
        holder: A document, or a list on the way.
        parts: The path.
        alter: The new value for the old one, which may be `MISSING`; `MISSING` removes it.
        make: Whether documents on the way are made.

    Raises:
        MongoError: The path leads through a value, or too far.
    """
    if len(parts) > _DEEPEST:
        raise MongoError(2, "the path is too deep")
    for part in parts[:-1]:
        inner = _get(holder, part)
        if inner is MISSING:
            if not make:
                return
            inner = {}
            _set(holder, part, inner)
        if not isinstance(inner, dict | list):
            if not make:
                return
            raise MongoError(28, f"Cannot create field '{parts[-1]}' in element {{{part}: …}}")
        holder = inner
    old = _get(holder, parts[-1])
    new = alter(old)
    if new is MISSING:
        _remove(holder, parts[-1])
    elif new is not old:
        _set(holder, parts[-1], new)


def _get(holder: Any, part: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(part, MISSING)
    number = index_of(part)
    return holder[number] if number is not None and number < len(holder) else MISSING


def _set(holder: Any, part: str, value: Any) -> None:
    if isinstance(holder, dict):
        holder[part] = value
        return
    number = index_of(part)
    if number is None or number > len(holder) + _MOST_HOLES:
        raise MongoError(28, f"Cannot create field '{part}' in an array")
    holder.extend([None] * (number + 1 - len(holder)))
    holder[number] = value


def _remove(holder: Any, part: str) -> None:
    if isinstance(holder, dict):
        holder.pop(part, None)
        return
    number = index_of(part)
    if number is not None and number < len(holder):
        holder[number] = None
