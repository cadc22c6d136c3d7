"""Tables like the paper's over a set of runs: insecure percentage (Table 1), pass rate of what was flagged (Table 2).

Beside both stands the share that works and withstands attack: the scanner that judges Table 1
is the one whose findings the methods are shown.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from pythonsecurityeval.errors import printable
from pythonsecurityeval.types import Measure

GENERATED = "generated"
_ORDER = (GENERATED, "direct_prompting", "self_debugging", "bandit_feedback", "verbalization", "fdsp", "fdsp_iterative")
_NONE = "-"
_NOTE = (
    "insecure: Bandit finds anything; what cannot be analysed counts as harmless (the paper's rule). "
    "Except for direct_prompting and self_debugging the methods see Bandit's findings, so the judge is also the "
    "adviser; secure-pass@1 is decided by attacks that run. Change: in points, against generated."
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRun:
    """One scored run as the tables need it.

    Attributes:
        corpus: Name of the corpus.
        model: The model.
        method: The submission.
        digest: What tells its code from any other's.
        initial: ``digest`` of the code that it started from; None where unknown, or where it started from none.
        insecure: Table 1: samples flagged, of all.
        passing: Table 2: samples that pass the functional tests, of those whose initial code was flagged.
        secure: Samples that work and withstand every attack, of those of exploitable tasks (k = 1).
    """

    corpus: str
    model: str
    method: str
    digest: str
    initial: str | None
    insecure: Measure
    passing: Measure
    secure: Measure

    @property
    def place(self) -> tuple[str, str, int, str]:
        """Where it stands: by corpus, model, and the paper's order of methods."""
        rank = _ORDER.index(self.method) if self.method in _ORDER else len(_ORDER)
        return self.corpus, self.model, rank, self.method


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A run with the one that its code came from, if that is among those shown."""

    run: ScoredRun
    start: ScoredRun | None

    def change(self, name: str) -> float | None:
        """Points by which a rate differs from where the code came from; negative is less."""
        now, before = (None if run is None else getattr(run, name).value for run in (self.run, self.start))
        return None if now is None or before is None else 100 * (now - before)


def lines(runs: Sequence[ScoredRun]) -> list[Line]:
    """The runs in order, each with where it started: that very code, or if it does not say, the only such run."""
    return [Line(run=run, start=_start(run, runs)) for run in sorted(runs, key=lambda run: run.place)]


def _start(run: ScoredRun, runs: Sequence[ScoredRun]) -> ScoredRun | None:
    if run.method == GENERATED:
        return None
    like = [other for other in runs if (other.method, other.corpus, other.model) == (GENERATED, run.corpus, run.model)]
    if run.initial is not None:
        like = [other for other in like if other.digest == run.initial]
    return like[0] if len(like) == 1 else None


def terminal(runs: Sequence[ScoredRun]) -> RenderableType:
    """Both tables for a terminal of 80 columns, one pair for each corpus and model."""
    parts: list[RenderableType] = []
    for (corpus, model), group in itertools.groupby(lines(runs), key=lambda line: (line.run.corpus, line.run.model)):
        shown = list(group)
        parts.append(Text(printable(f"{corpus}, {model}"), style="bold"))
        for name, title in _TABLES:
            parts += [Text(title), _table(name, shown), Text("")]
    return Group(*parts, Text(_NOTE))


_TABLES = (
    ("insecure", "Table 1: insecure"),
    ("passing", "Table 2: passes the functional tests, of what was first flagged"),
)


def _table(name: str, shown: Sequence[Line]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("")
    for heading in ("%", "of", "95 %", "change", "secure-pass", "of", "95 %"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in shown:
        table.add_row(printable(line.run.method), *_cells(line, name))
    return table


def _cells(line: Line, name: str) -> tuple[str, ...]:
    change = line.change(name)
    moved = _NONE if change is None else f"{change:+.1f}"
    return (*_measured(getattr(line.run, name)), moved, *_measured(line.run.secure))


def _measured(measure: Measure) -> tuple[str, str, str]:
    if measure.value is None:
        return _NONE, "" if measure.denominator is None else f"0/{measure.denominator}", ""
    low, high = measure.ci95 or (None, None)
    bounds = "" if low is None or high is None else f"{100 * low:.1f}-{100 * high:.1f}"
    return f"{100 * measure.value:.1f}", f"{measure.numerator or 0:g}/{measure.denominator}", bounds


def markdown(runs: Sequence[ScoredRun]) -> str:
    """Both tables as Markdown, over all corpora and models."""
    parts: list[str] = []
    for name, title in _TABLES:
        head = ("corpus", "model", "method", "%", "of", "95 %", "change", "secure-pass@1 %", "of", "95 %")
        rows = [(line.run.corpus, line.run.model, line.run.method, *_cells(line, name)) for line in lines(runs)]
        parts += [f"**{title}**", "", _row(head), _row(["---"] * 3 + ["---:"] * 7), *map(_row, rows), ""]
    return "\n".join([*parts, _NOTE]) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(printable(cell).replace("\\", "\\\\").replace("|", "\\|") for cell in cells) + " |"


def comma_separated(runs: Sequence[ScoredRun]) -> str:
    """Every number behind both tables, one measure a line; values and bounds are shares, ``change`` is in points."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("corpus", "model", "method", "metric", "value", "numerator", "denominator", "low", "high", "change")
    )
    writer.writerows(itertools.chain.from_iterable(map(_numbers, lines(runs))))
    return out.getvalue()


def _numbers(line: Line) -> Iterator[tuple[object, ...]]:
    names = {"insecure": "insecure_rate", "passing": "insecure_pass_rate", "secure": "secure_pass_at_1"}
    for name, metric in names.items():
        measure: Measure = getattr(line.run, name)
        low, high = measure.ci95 or (None, None)
        change = line.change(name)
        who = (_inert(line.run.corpus), _inert(line.run.model), _inert(line.run.method), metric)
        moved = None if change is None else round(change, 6)
        yield (*who, measure.value, measure.numerator, measure.denominator, low, high, moved)


def _inert(text: str) -> str:
    """Text of a stranger that no spreadsheet takes for a formula."""
    shown = printable(text)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@")) else shown
