"""PythonSecurityEval: does a model write secure Python, and can it patch what it wrote?

    from pythonsecurityeval import load_dataset, score
    tasks = load_dataset("pythonsecurityeval")["test"]
    report = score("predictions.jsonl")
    report.summary["metrics"]["secure_pass_at_k"]["1"]["value"]

The public names are loaded on first use, so that importing the package is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pythonsecurityeval.hub.loading import load_dataset
    from pythonsecurityeval.hub.registering import register
    from pythonsecurityeval.pipeline.merging import merge
    from pythonsecurityeval.pipeline.options import Options
    from pythonsecurityeval.pipeline.scoring import Report, score

__version__ = "0.1.0"
__all__ = ["Options", "Report", "__version__", "load_dataset", "merge", "register", "score"]

_HOMES = {
    "Options": "pythonsecurityeval.pipeline.options",
    "Report": "pythonsecurityeval.pipeline.scoring",
    "merge": "pythonsecurityeval.pipeline.merging",
    "load_dataset": "pythonsecurityeval.hub.loading",
    "register": "pythonsecurityeval.hub.registering",
    "score": "pythonsecurityeval.pipeline.scoring",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
