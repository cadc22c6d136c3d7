"""What of the candidate's values travels as plain data, and what stays here behind a handle."""

from __future__ import annotations

import datetime
import pathlib
import re
from collections.abc import Callable
from typing import Any

from pythonsecurityeval.testkit.inside import wire


def qualified(kind: type) -> str:
    """``package.module.Class``."""
    return f"{kind.__module__}.{kind.__qualname__}"


class Kept:
    """A plain value that shall stay here all the same."""

    def __init__(self, value: Any) -> None:
        self.value = value


#: A subclass travels as its plain value, whatever the methods it overrides.
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (bool, bool),
    (int, int.__int__),
    (float, float.__float__),
    (str, str.__str__),
    (bytes, lambda v: b"".join((v,))),
    (list, list.copy),
    (tuple, lambda v: tuple.__getitem__(v, slice(None))),
    (dict, lambda v: dict(dict.items(v))),
    (set, lambda v: set().union(v)),
    (frozenset, lambda v: frozenset(set().union(v))),
    (datetime.datetime, lambda v: datetime.datetime.combine(v.date(), v.timetz())),
    (datetime.timedelta, lambda v: datetime.timedelta(v.days, v.seconds, v.microseconds)),
    (pathlib.PurePath, lambda v: pathlib.PurePosixPath(str(v))),
)


class Values(wire.Codec):
    """The candidate's codec.

    Args:
        call_back: Asks the judge to call one of its functions: ``(id, args, kwargs)``.
        give: Makes a given: ``(source, name, args, kwargs)``.
    """

    path_type = pathlib.Path

    def __init__(self, call_back: Callable[..., Any], give: Callable[..., Any]) -> None:
        self.handles: dict[int, Any] = {}
        self._call_back = call_back
        self._give = give
        self._number = 0

    def result(self, value: Any) -> Any:
        """The JSON form of a result: plain as far as possible, else a handle on the whole."""
        try:
            return self.enc(value)
        except Exception:  # the value's own methods, or nested too deeply
            return self.handle(value)

    def handle(self, value: Any) -> Any:
        """The JSON form of a handle on ``value``."""
        self._number += 1
        self.handles[self._number] = value
        return {"t": "h", "v": self._number, "n": qualified(type(value))}

    def rich(self, value: Any, depth: int) -> Any:
        """Subclasses of plain types as their plain value, scalars of numpy as Python's, all else as a handle."""
        if isinstance(value, Kept):
            return self.handle(value.value)
        try:
            plain = _plain(value)
        except Exception:  # odd subclasses (pandas' NaT is a datetime without a year)
            plain = value
        return self.handle(value) if plain is value else self.enc(plain, depth)

    def unrich(self, tag: Any, wire_: dict[str, Any], depth: int) -> Any:
        """The judge's own: handles that come home, its functions, givens, patterns, classes."""
        value = wire_["v"]
        if tag == "h":
            return self.handles[value]
        if tag == "cb":
            return lambda *args, **kwargs: self._call_back(value, list(args), kwargs)
        if tag == "g":
            return self._give(*[self.dec(part, depth) for part in value])
        if tag == "re":
            return re.compile(self.dec(value[0]), value[1])
        if tag == "cls":
            return _named(value)
        return super().unrich(tag, wire_, depth)


def _plain(value: Any) -> Any:
    kind = type(value)
    for base, plain in _BASES:
        if issubclass(kind, base):
            return plain(value)
    if kind.__module__.partition(".")[0] == "numpy" and getattr(value, "ndim", None) == 0:
        return value.item()
    return tuple(value) if qualified(kind) == "sqlite3.Row" else value


def _named(name: str) -> Any:
    import importlib

    module, _, qualname = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in qualname.split("."):
        found = getattr(found, part)
    return found
