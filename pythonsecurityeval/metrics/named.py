"""The metrics of a run by flat names, for who knows one number by one name, such as a hub's leaderboards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pythonsecurityeval.metrics.summary import metrics
from pythonsecurityeval.types import Measure

KS = (1, 5, 10)
"""The k that have a name; others are in ``summary.json`` alone."""

HEADLINE = "secure_pass_at_1"


def named(tree: Mapping[str, Any]) -> dict[str, Measure]:
    """Every measure over the whole run, the headline first.

    Names are those of ``summary.json``, with k in its place (``secure_pass_at_1_all``) and what is
    nested joined (``analyser_sensitivity``). Counts and the parts by CWE, domain and stratum have none.

    Args:
        tree: What `metrics` gives.
    """
    found = dict(pair for name, item in tree.items() if not name.startswith("by_") for pair in _flat(name, item))
    return {HEADLINE: found.pop(HEADLINE), **found}


def names() -> tuple[str, ...]:
    """All names there are, whatever a run holds, the headline first."""
    return tuple(named(metrics((), (), initial=None, ks=KS)))


def _flat(name: str, item: Any) -> Iterator[tuple[str, Measure]]:
    if isinstance(item, Measure):
        yield name, item
    elif isinstance(item, Mapping):
        for key, inner in item.items():
            at_k = name.replace("_at_k", f"_at_{key}")
            yield from _flat(f"{name}_{key}" if at_k == name else at_k, inner)
