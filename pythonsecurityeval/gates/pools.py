"""The sandbox as the gates open it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Literal

from pythonsecurityeval.errors import IsolationError
from pythonsecurityeval.gates.validation import OpenSandbox
from pythonsecurityeval.protocols import Sandbox
from pythonsecurityeval.sandbox import SandboxPool, probe
from pythonsecurityeval.sandbox.policy import Limits

_TIERS: dict[str, Literal["namespaces", "landlock"]] = {"namespaces": "namespaces", "landlock": "landlock"}


def pools(jobs: int) -> OpenSandbox:
    """Opens real sandboxes with this many workers."""

    def open_pool(tier: str, hash_seed: int, *, patient: bool = True) -> AbstractContextManager[Sandbox]:
        limits = Limits() if patient else Limits(wall_factor=1.0)
        return SandboxPool(tier=_TIERS[tier], jobs=jobs, hash_seed=hash_seed, limits=limits, fail_fast=not patient)

    return open_pool


def tiers() -> tuple[str, ...]:
    """The isolation tiers that this machine has.

    Raises:
        IsolationError: It has none.
    """
    found: list[str] = []
    refusals = []
    for tier in _TIERS.values():
        try:
            probe(tier)
            found.append(tier)
        except IsolationError as error:
            refusals.append(str(error))
    if not found:
        raise IsolationError("; ".join(refusals))
    return tuple(found)
