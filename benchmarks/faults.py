"""Breaks runs at random moments, in every way that a machine can, and looks what is lost and what is left.

``python -m benchmarks.faults --rounds 300`` takes an hour or so. A round goes on
with the run of the round before until that is finished, so that most runs are
broken several times; when one is finished, its canonical view must have the
same bytes as that of a run that nobody disturbed.
"""

from __future__ import annotations

import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from benchmarks import material
from benchmarks.breaking import FAULTS, Run
from benchmarks.figures import Figure, Scale

_TASKS = ("PSE-094", "PSE-290", "PSE-160", "PSE-269", "PSE-119", "PSE-077")
_ENDS_WITHIN_S = 120.0
_SETTLE_S = 15.0
_LONGEST_WAIT_S = 6.0
_SHOWN = 3000
#: How a run ends that is ended before it has begun.
_BEFORE_ANYTHING = (-1, -2, -9, -15)


@dataclass(slots=True)
class Trouble:
    """What went wrong, and how often each fault was tried.

    Attributes:
        lost: Results that were on disk before a fault and not after it.
        left: Processes and folders that outlived their run.
        said: One line for each thing that must not happen.
        tried: Rounds by fault.
        broken: Rounds in which the run did not get to its end.
        finished: Runs that were compared with the undisturbed one.
    """

    lost: int = 0
    left: int = 0
    said: list[str] = field(default_factory=list)
    tried: Counter[str] = field(default_factory=Counter)
    broken: int = 0
    finished: int = 0


class Chaos:
    """Rounds over one small predictions file.

    Args:
        folder: Where runs are kept.
        seed: Of the faults and moments.
        tier: Kind of sandbox.
    """

    def __init__(self, folder: Path, seed: int, tier: str) -> None:
        self.trouble = Trouble()
        self._random = random.Random(seed)  # noqa: S311 - not for secrets
        self._folder = folder
        self._tier = tier
        rows = [row for kind in ("secure", "insecure") for row in material.references(kind)]
        chosen = [row for row in rows if row["task_id"] in _TASKS]
        self._predictions = material.write(folder / "all.jsonl", chosen)
        self._run("whole").wait(_ENDS_WITHIN_S)
        self._whole = (folder / "whole/canonical.jsonl").read_bytes()
        self._number = 0

    def round(self, name: str) -> None:
        """One fault at a random moment."""
        self.trouble.tried[name] += 1
        run = self._run(f"cut{self._number}")
        before = self._until(run)
        run.family()
        ended = FAULTS[name](run, self._random)
        run.family()
        try:
            code = run.wait(_ENDS_WITHIN_S)
        except TimeoutError:
            self._note(name, f"does not end, {ended}")
            run.kill()
            code = -9
        self._look(name, run, code, before)
        self._look_for_leavings(name, run)

    def finish(self) -> None:
        """Take the last run to its end."""
        run = self._run(f"cut{self._number}")
        if run.wait(_ENDS_WITHIN_S):
            self._note("none", f"--resume ends with {run.returncode}: {run.said()}")
        self._compare("none")

    def _run(self, name: str) -> Run:
        options = ["--resume", "--allow-missing", "--timeout", "0.5", "--sandbox", self._tier]
        return Run(self._predictions, self._folder / name, options)

    def _until(self, run: Run) -> int:
        """Wait for a random moment: mostly some results after the start; the rows on disk by then."""
        goal = run.rows() + self._random.randrange(8)
        end = time.monotonic() + self._random.uniform(0.0, _LONGEST_WAIT_S)
        while run.is_running() and time.monotonic() < end and run.rows() < goal:
            time.sleep(0.005)
        return run.rows()

    def _look(self, name: str, run: Run, code: int, before: int) -> None:
        if (after := run.rows()) < before:
            self.trouble.lost += before - after
            self._note(name, f"{before} rows before, {after} after")
        if "Traceback" in run.said():
            self._note(name, f"traceback: {run.said()[-300:]}")
        if code not in {0, 3, 129, 130, 143, *_BEFORE_ANYTHING}:
            self._note(name, f"exit code {code}: {run.said()[-300:]}")
        if code == 0:
            self._compare(name)
        else:
            self.trouble.broken += 1

    def _compare(self, name: str) -> None:
        self.trouble.finished += 1
        rows = (self._folder / f"cut{self._number}/canonical.jsonl").read_bytes().splitlines()
        for ours, row in itertools.zip_longest(self._whole.splitlines(), rows, fillvalue=b"(none)"):
            if ours != row:
                self._note(name, f"another row: {row.decode()[:_SHOWN]} instead of {ours.decode()[:_SHOWN]}")
        self._number += 1

    def _look_for_leavings(self, name: str, run: Run) -> None:
        end = time.monotonic() + _SETTLE_S
        while time.monotonic() < end and run.leavings():
            time.sleep(0.02)
        for what in run.leavings():
            self.trouble.left += 1
            self._note(name, f"left over: {what}")

    def _note(self, name: str, what: str) -> None:
        self.trouble.said.append(f"{name}: {what}")


def break_runs(rounds: int, seed: int, show: Callable[[str], object], tier: str = "auto") -> Trouble:
    """Each fault in turn, ``rounds`` rounds in all."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        chaos = Chaos(Path(name), seed, tier)
        for number in range(rounds):
            fault = list(FAULTS)[number % len(FAULTS)]
            known = len(chaos.trouble.said)
            chaos.round(fault)
            for line in chaos.trouble.said[known:]:
                show(f"round {number}: {line}")
        chaos.finish()
    return chaos.trouble


def measure(scale: Scale) -> Iterator[Figure]:
    """What is lost and left when runs are broken."""
    yield from figures(break_runs(scale.of(300, 3), 1, lambda _line: None))


def figures(trouble: Trouble) -> Iterator[Figure]:
    """What rounds came to."""
    rounds = sum(trouble.tried.values())
    counts = ", ".join(f"{name} {count}" for name, count in sorted(trouble.tried.items()))
    for what, count in (
        ("results lost that were on disk", trouble.lost),
        ("processes and folders left over", trouble.left),
        ("anything else wrong", len(trouble.said) - trouble.left),
    ):
        yield Figure(name=f"{what}, {rounds} faults", measured=str(count), target="0", reached=count == 0)
    yield Figure(name="faults tried", measured=counts)
    yield Figure(name="runs cut short; runs finished and compared", measured=f"{trouble.broken}; {trouble.finished}")


@click.command()
@click.option("--rounds", default=300, show_default=True, help="How many faults.")
@click.option("--seed", default=1, show_default=True, help="Of faults and moments.")
@click.option("--tier", default="auto", show_default=True, help="Kind of sandbox.")
def main(rounds: int, seed: int, tier: str) -> None:
    """Breaks runs and prints what went wrong."""
    found = list(figures(break_runs(rounds, seed, click.echo, tier)))
    for figure in found:
        click.echo(figure.line())
    sys.exit(any(figure.reached is False for figure in found))


if __name__ == "__main__":
    main()
