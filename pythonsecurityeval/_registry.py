"""Plugins by entry point: built-ins register the same way as anyone's."""

from __future__ import annotations

import difflib
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pythonsecurityeval.errors import InfrastructureError, UsageError

KINDS = ("submissions", "models", "scanners", "corpora")
"""What can be plugged in; the entry-point group of a kind is ``pythonsecurityeval.<kind>``."""


def available(kind: str) -> dict[str, EntryPoint]:
    """Entry points of one kind by name, sorted.

    Raises:
        InfrastructureError: Two distributions claim the same name.
    """
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=f"pythonsecurityeval.{kind}"), key=lambda point: (point.name, point.value)):
        if point.name in found and found[point.name].value != point.value:
            claims = f"{found[point.name].value} and {point.value}"
            raise InfrastructureError(f"{kind}: the name {point.name!r} is claimed by {claims}; uninstall one of them")
        found[point.name] = point
    return found


def load(kind: str, name: str) -> Any:
    """The object behind a plugin's name.

    Raises:
        UsageError: No plugin of that name; the nearest names are given.
        InfrastructureError: The plugin is there and cannot be imported.
    """
    points = available(kind)
    if name not in points:
        raise UsageError(f"unknown name {name!r} among {kind}; {nearest(name, points)}")
    try:
        return points[name].load()
    except Exception as error:
        raise InfrastructureError(
            f"{kind}: plugin {name!r} ({points[name].value}) cannot be loaded: {error}"
        ) from error


def nearest(name: str, known: Any) -> str:
    """A hint for a mistyped name: the nearest known ones, else all of a short list."""
    close = difflib.get_close_matches(name, list(known), n=3, cutoff=0.6)
    return f"did you mean {' or '.join(close)}?" if close else f"known: {', '.join(list(known)[:12]) or 'none'}"
