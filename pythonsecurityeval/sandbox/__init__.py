"""Runs hostile code and decides outside it: policy as data, zygotes, fork-servers, judges, and a pool of workers.

The public names are loaded on first use: the processes started from here need few of the modules.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pythonsecurityeval.sandbox.doctor import Layer, diagnose, probe
    from pythonsecurityeval.sandbox.imports import kind_for
    from pythonsecurityeval.sandbox.policy import Limits
    from pythonsecurityeval.sandbox.pool import SandboxPool

__all__ = ["Layer", "Limits", "SandboxPool", "diagnose", "kind_for", "probe"]

_HOMES = {
    "Layer": "doctor",
    "Limits": "policy",
    "SandboxPool": "pool",
    "diagnose": "doctor",
    "kind_for": "imports",
    "probe": "doctor",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
