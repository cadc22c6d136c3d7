"""The test kit: how a unit test talks to a candidate that it never shares a process with.

For authors of tasks::

    from pythonsecurityeval.testkit import TaskTest, attack, inside
"""

from __future__ import annotations

import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pythonsecurityeval.testkit.judge.case import TaskTest, attack
    from pythonsecurityeval.testkit.judge.snippet import inside
    from pythonsecurityeval.testkit.judge.values import Handle, SolutionError

__all__ = ["Handle", "SolutionError", "TaskTest", "attack", "inside"]

_HOMES = {"TaskTest": "case", "attack": "case", "inside": "snippet", "Handle": "values", "SolutionError": "values"}


class _Kit(types.ModuleType):
    """Keeps ``inside`` the decorator: an import would put the sub-package of that name in its place."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "inside":
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Kit


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415  the candidate's process imports this package and needs none of it

    return getattr(importlib.import_module(f"{__name__}.judge.{_HOMES[name]}"), name)
