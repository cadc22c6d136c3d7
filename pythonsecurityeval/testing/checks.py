"""A rule that can be checked by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from pythonsecurityeval.errors import CheckFailed


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. Call it: it returns nothing, or raises `errors.CheckFailed`; its text is the rule's name."""

    name: str
    rule: Callable[[], Coroutine[Any, Any, None]]

    def __call__(self) -> None:
        """Checks the rule."""
        asyncio.run(self.rule())

    def __str__(self) -> str:
        return self.name


def demand(condition: object, message: str) -> None:
    """Raises `CheckFailed` unless the condition holds."""
    if not condition:
        raise CheckFailed(message)
