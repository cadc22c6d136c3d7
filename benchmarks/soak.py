"""A long run of cheap samples: does the parent hold more and more, does a sample take longer and longer?

``python -m benchmarks.soak`` scores 100,000 samples, prints a line now and
then, and at the end what was left behind. The samples are the cheaper half
of the pilot's references, secure and insecure, and one in twenty is an attack.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from benchmarks import material
from benchmarks.family import Holdings, alive, descendants, scratch_folders
from benchmarks.figures import Figure, Scale

_ATTACKS_EVERY = 20
_LOOK_S = 1.0
_SETTLE_S = 5.0
_MOST_GROWTH = 0.1


def score_command(predictions: Path, out: Path, *options: str) -> list[str]:
    """The command line of a run."""
    tool = str(Path(sys.executable).with_name("pse-score"))
    return [tool, str(predictions), "--out", str(out), "--quiet", "--overwrite", *options]


def cheapest(folder: Path) -> list[material.Row]:
    """The half of the pilot's references, secure and insecure, that take the least time, as measured now."""
    rows = []
    for kind in ("secure", "insecure"):
        references = {row["task_id"]: row for row in material.references(kind, pilot=True)}
        predictions = material.write(folder / f"{kind}.jsonl", references.values())
        command = score_command(predictions, folder / kind, "--corpus", "mini")
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for line in (folder / kind / "results.jsonl").read_text("utf-8").splitlines():
            result = json.loads(line)
            rows.append((result["wall_s"], kind, references[result["task_id"]]))
    ordered = sorted(rows, key=lambda row: row[:2])
    return [reference for _, _, reference in ordered[: len(ordered) // 2]]


def mixture(cheap: Sequence[material.Row], count: int) -> Iterator[material.Row]:
    """Cheap references in turn, and now and then an attack."""
    attacks = material.repeated(material.attacks(cheap[0]["task_id"]), count)
    for number, row in enumerate(material.repeated(cheap, count)):
        yield next(attacks) if number % _ATTACKS_EVERY == _ATTACKS_EVERY - 1 else row


class Counter:
    """Counts the lines of a file that grows."""

    def __init__(self, path: Path) -> None:
        self.lines = 0
        self._path = path
        self._position = 0

    def look(self) -> int:
        """Lines so far."""
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._position)
                while block := file.read(1 << 20):
                    self.lines += block.count(b"\n")
                self._position = file.tell()
        return self.lines


def series(process: subprocess.Popen[bytes], results: Path, temporary: str, every: int) -> Iterator[dict[str, Any]]:
    """A row each time about ``every`` more samples are done: samples, seconds, and what the run holds."""
    started, counter, due = time.monotonic(), Counter(results), 1
    while process.poll() is None:
        time.sleep(_LOOK_S)
        if counter.look() < due:
            continue
        try:
            held = Holdings.of(process.pid, temporary)
        except OSError:
            return
        yield {"samples": counter.lines, "seconds": round(time.monotonic() - started, 1), **asdict(held)}
        due = counter.lines + every


def leftovers(family: set[int], temporary: str) -> dict[str, int]:
    """Processes and folders that are still there a moment after the end."""
    end = time.monotonic() + _SETTLE_S
    while time.monotonic() < end and any(map(alive, family)):
        time.sleep(0.1)
    return {"processes": sum(map(alive, family)), "folders": len(scratch_folders((), temporary))}


def run(samples: int, every: int, show: Callable[[str], object]) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Score so many samples; the series, and what was left over.

    Raises:
        RuntimeError: The run failed.
    """
    with tempfile.TemporaryDirectory(prefix="soak-") as name:
        folder, family, rows = Path(name), set[int](), []
        predictions = material.write(folder / "soak.jsonl", mixture(cheapest(folder), samples))
        temporary = folder / "tmp"
        temporary.mkdir()
        command = score_command(predictions, folder / "run", "--corpus", "mini", "--allow-missing", "--timeout", "0.5")
        environment = {**os.environ, "TMPDIR": str(temporary)}
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment) as process:
            for row in series(process, folder / "run/results.jsonl", str(temporary), every):
                family |= descendants(process.pid)
                rows.append(row)
                show("  ".join(f"{key} {value}" for key, value in row.items()))
        left = leftovers(family, str(temporary))
    if process.returncode:
        raise RuntimeError(f"pse-score ended with {process.returncode}")
    return rows, left


def measure(scale: Scale) -> Iterator[Figure]:
    """Cost against work: CPU time a sample and the parent's memory, early and late in one run."""
    samples, every = scale.of(47_000, 150), scale.of(4_700, 50)
    rows, left = run(samples, every, lambda _row: None)
    yield from figures(rows, left)


def figures(rows: Sequence[Mapping[str, Any]], left: Mapping[str, int]) -> Iterator[Figure]:
    """What a series says: its first part against its last."""
    start, early, before, late = rows[0], rows[1], rows[-2], rows[-1]
    growth = _each(before, late) / _each(start, early) - 1
    yield Figure(
        name=f"CPU time a sample at {late['samples']} samples against that at {early['samples']}",
        measured=f"{100 * growth:+.0f} %",
        target="within 10 %",
        reached=abs(growth) <= _MOST_GROWTH,
    )
    for key, unit, most in (("rss_mb", " MB", 0.05 * early["rss_mb"]), ("descriptors", "", 8), ("threads", "", 1)):
        yield Figure(
            name=f"{key} of the parent at {early['samples']} and {late['samples']} samples",
            measured=f"{early[key]}{unit}, {late[key]}{unit}",
            target="flat",
            reached=late[key] - early[key] <= most,
        )
    yield Figure(
        name="processes and folders left over",
        measured=f"{left['processes']}, {left['folders']}",
        target="0",
        reached=not any(left.values()),
    )


def _each(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """CPU seconds a sample between two rows of a series."""
    return float((other["cpu_s"] - one["cpu_s"]) / (other["samples"] - one["samples"]))


@click.command()
@click.option("--samples", default=100_000, show_default=True, help="How many.")
@click.option("--every", default=1000, show_default=True, help="Samples between two lines.")
def main(samples: int, every: int) -> None:
    """Scores SAMPLES cheap samples in one run and prints what it holds."""
    rows, left = run(samples, every, click.echo)
    for figure in figures(rows, left):
        click.echo(figure.line())


if __name__ == "__main__":
    main()
