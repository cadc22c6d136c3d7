"""`summary.json`: the parts that depend on nothing but the results."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pythonsecurityeval._codec import encode
from pythonsecurityeval.types import ScanResult, Task, TaskResult


def summarise(
    results: Sequence[TaskResult],
    tasks: Sequence[Task],
    *,
    corpus: Mapping[str, Any],
    scanner: Mapping[str, Any],
    initial: Mapping[tuple[str, int], ScanResult] | None,
    ks: Sequence[int],
    shard: tuple[int, int] = (1, 1),
) -> dict[str, Any]:
    """The parts of ``summary.json`` that depend on nothing but the results."""
    from pythonsecurityeval.metrics.summary import metrics  # noqa: PLC0415 - numpy waits until there is a result

    whole = shard[1] == 1
    return {
        "corpus": dict(corpus),
        "selection": {"tasks": len(tasks), "shard": f"{shard[0]}/{shard[1]}"},
        "samples": len(results),
        "counts": _counts(results),
        "scanner": dict(scanner),
        "metrics": encode(metrics(results, tasks, initial=initial, ks=ks)) if whole else None,
        "metrics_reason": None if whole else "one shard of several; put them together with pse merge",
    }


def _counts(results: Sequence[TaskResult]) -> dict[str, dict[str, int]]:
    def count(values: Iterable[str]) -> dict[str, int]:
        return dict(sorted(Counter(values).items()))

    return {
        "extraction": count(result.extraction.value for result in results),
        "scan": count(result.scan.status for result in results),
        "functional": count(result.execution.functional for result in results),
        "security": count(result.execution.security for result in results),
        "suppressions": {"nosec": sum(result.scan.suppressions for result in results)},
    }
