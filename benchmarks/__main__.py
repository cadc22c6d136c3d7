"""``python -m benchmarks [NAME …]``: prints the figures; ``--keep`` also writes them to ``benchmarks/RESULTS.md``."""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from benchmarks.figures import Figure, Scale, cores
from pythonsecurityeval.corpora.pythonsecurityeval import full

_NAMES = ("corpus", "trivial", "startup", "scanner", "hostile", "stability", "faults", "soak")
_RESULTS = Path(__file__).with_name("RESULTS.md")
_MARKS = {True: "yes", False: "**no**", None: ""}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(_NAMES))
@click.option("--quick", is_flag=True, help="Tiny counts, only to see that it works; the numbers mean little.")
@click.option("--keep", is_flag=True, help="Write benchmarks/RESULTS.md.")
def main(names: tuple[str, ...], *, quick: bool, keep: bool) -> None:
    """Measures all figures, or those of NAMES; ends with 1 if a target is missed."""
    figures: list[tuple[str, Figure]] = []
    load = os.getloadavg()[0]
    for name in names or _NAMES:
        click.echo(f"{name}:")
        for figure in import_module(f"benchmarks.{name}").measure(Scale(quick=quick)):
            figures.append((name, figure))
            click.echo(f"  {figure.line()}")
        if keep:  # after each, as all of them take hours
            _RESULTS.write_text(_page(figures, load), encoding="utf-8")
    sys.exit(any(figure.reached is False for _, figure in figures))


def _page(figures: Sequence[tuple[str, Figure]], load: float) -> str:
    lines = [
        "# Results of the benchmarks",
        "",
        f"- Machine: {_machine()}, load before the start {load:.1f}",
        f"- Date: {datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC",
        f"- Corpus: {len(full().tasks())} tasks, sha256 `{full().sha256[:16]}`",
        f"- Command: `python -m benchmarks {' '.join(sys.argv[1:])}`",
        "",
        "Ratios compare two things in this very run, so they hold on a busy machine too; absolute figures do not.",
        "",
        "| benchmark | figure | measured | target | reached |",
        "|---|---|---|---|---|",
        *(f"| {name} | {f.name} | {f.measured} | {f.target} | {_MARKS[f.reached]} |" for name, f in figures),
    ]
    return "\n".join(lines) + "\n"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    model = next(
        (line.partition(":")[2].strip() for line in _cpuinfo().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"{cores()} cores ({model}), {memory:.0f} GB, {system}"


def _cpuinfo() -> str:
    return Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    main()
