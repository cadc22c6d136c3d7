"""From the command line to the first verdict, and a whole run of the pilot as a user starts it."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import material
from benchmarks.figures import Figure, Scale, middle
from benchmarks.soak import score_command

_MOST_SECONDS = 3.0
_PILOT_SECONDS = 5.0


def measure(scale: Scale) -> Iterator[Figure]:
    """Medians of several starts."""
    rows = material.references("secure", pilot=True)
    rows = rows[: scale.of(len(rows), 1)]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        predictions = material.write(Path(name, "all.jsonl"), rows)
        times = [_start(predictions, Path(name, "run")) for _ in range(scale.of(5, 1))]
    first, whole = (middle(list(column)) for column in zip(*times, strict=True))
    yield Figure(
        name="pse-score to the first verdict",
        measured=f"{first:.2f} s",
        target=f"≤ {_MOST_SECONDS:g} s",
        reached=first <= _MOST_SECONDS,
    )
    yield Figure(
        name=f"pse-score --json over {len(rows)} secure references",
        measured=f"{whole:.2f} s",
        target=f"< {_PILOT_SECONDS:g} s on two cores",
        reached=whole < _PILOT_SECONDS,
    )


def _start(predictions: Path, out: Path) -> tuple[float, float]:
    """Seconds to the first row of results, and to the end."""
    results, first = out / "results.jsonl", 0.0
    results.unlink(missing_ok=True)
    started = time.perf_counter()
    command = score_command(predictions, out, "--corpus", "mini", "--json", "--allow-missing")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if not first and results.exists() and results.stat().st_size:
                first = time.perf_counter() - started
            time.sleep(0.005)
    if process.returncode:
        raise RuntimeError(f"pse-score ended with {process.returncode}")
    return first, time.perf_counter() - started
