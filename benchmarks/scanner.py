"""Bandit over as many files as the published corpus has, against its command line for each file."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import naive
from benchmarks.figures import Figure, Scale, middle, spending
from pythonsecurityeval.corpora.pythonsecurityeval import full
from pythonsecurityeval.scanners import scan_many
from pythonsecurityeval.scanners.bandit import BanditScanner
from pythonsecurityeval.types import sha256

_PUBLISHED = 470
_MOST_SECONDS = 2.0
_LEAST_RATIO = 40.0


def measure(scale: Scale) -> Iterator[Figure]:
    """Time in worker processes, their start included, and the ratio to the command line."""
    codes = list(itertools.islice(_distinct(), scale.of(_PUBLISHED, 20)))
    with BanditScanner() as scanner, spending() as spent:
        scanned = sum(result.status != "unscannable" for result in scan_many(scanner, codes))
    if scanned != len(codes):
        raise RuntimeError("a reference cannot be scanned")
    each = [_command(code) for code in codes[:: max(1, len(codes) // scale.of(20, 2))]]
    ratio = middle(each) * len(codes) / spent.wall_s
    yield Figure(
        name=f"Bandit over {len(codes)} files, its start included",
        measured=f"{spent.wall_s:.2f} s",
        target=f"≤ {_MOST_SECONDS:g} s on two cores",
        reached=spent.wall_s <= _MOST_SECONDS,
    )
    yield Figure(
        name="Bandit's command for each file, one after the other / ours",
        measured=f"{ratio:.0f} times",
        target=f"≥ {_LEAST_RATIO:g} times",
        reached=ratio >= _LEAST_RATIO,
    )


def _distinct() -> Iterator[str]:
    """The corpus' references, then the same again with another last line: results of equal texts are kept."""
    corpus = full()
    codes = [reference.code for task in corpus.tasks() for reference in corpus.references(task.task_id)]
    for number in itertools.count():
        yield from (f"{code}\n# {number} {sha256(code)}\n" for code in codes)


def _command(code: str) -> float:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        path = Path(name, "solution.py")
        path.write_text(code, encoding="utf-8")
        with spending() as spent:
            naive.scan(path)
    return spent.wall_s
