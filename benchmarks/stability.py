"""Whether a verdict depends on anything but its inputs: reruns with other workers and tiers, quiet and under load."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import material
from benchmarks.figures import Figure, Scale, cores
from pythonsecurityeval import Options, score

#: Busy until its parent has ended.
_SPIN = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(100_000))"
_QUIET = [
    Options(),
    Options(jobs=1),
    Options(tier="landlock"),
    Options(jobs=3),
    Options(tier="landlock", jobs=1),
]
_LOADED = [*_QUIET[::2], *_QUIET[1::2]]
#: Of each kind of reference: more would take longer than ten minutes on two cores that have nothing else to do.
_ROWS = 60


def measure(scale: Scale) -> Iterator[Figure]:
    """Rows of the canonical view that differ from the first run's, over five reruns each."""
    kinds = ("secure", "insecure")
    rows = [row for kind in kinds for row in material.spread(material.references(kind), scale.of(_ROWS, 1))]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        predictions = material.write(Path(name, "all.jsonl"), rows)
        first = _view(predictions, Path(name, "run"), Options())
        quiet = [_view(predictions, Path(name, "run"), options) for options in _QUIET[: scale.of(5, 1)]]
        with _load(2 * cores()):
            loaded = [_view(predictions, Path(name, "run"), options) for options in _LOADED[: scale.of(5, 1)]]
    for what, views in (("reruns", quiet), ("reruns beside two busy processes a core", loaded)):
        differing = sum(a != b for view in views for a, b in zip(first, view, strict=True))
        yield Figure(
            name=f"rows that differ in {len(views)} {what}, {len(rows)} samples each",
            measured=str(differing),
            target="0",
            reached=differing == 0,
        )


def _view(predictions: Path, out: Path, options: Options) -> list[str]:
    changed = {name: getattr(options, name) for name in ("jobs", "tier")}
    score(predictions, out=out, options=Options(**changed, allow_missing=True, overwrite=True))
    return (out / "canonical.jsonl").read_text("utf-8").splitlines()


@contextmanager
def _load(count: int) -> Iterator[None]:
    busy = [subprocess.Popen([sys.executable, "-c", _SPIN]) for _ in range(count)]
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.wait()
