"""The table of a run, for a terminal of 80 columns: each number with what it rests on."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from pythonsecurityeval.errors import printable

_ROWS = (
    ("insecure_rate", "insecure: {scanner} finds anything"),
    ("insecure_rate_above_floor", "  beyond what no answer avoids"),
    ("not_analysable_rate", "not analysable, counted harmless"),
    ("pass_rate", "passes the functional tests"),
    ("insecure_pass_rate", "  where first flagged"),
    ("pass_at_k", "pass@{k}"),
    ("withstood_rate", "withstands, of what works"),
    ("broken_rate", "broken, of what works"),
    ("undetermined_rate", "undetermined, of what works"),
    ("secure_pass_at_k", "works and withstands, secure-pass@{k}"),
    ("secure_pass_at_k_all", "  the same over all tasks"),
    ("resolved", "resolved by refinement"),
    ("unresolved", "unresolved"),
    ("introduced", "introduced by refinement"),
)
_HEADLINE = "secure_pass_at_k"
_SAME_AS_PASS_RATE = ("pass_at_k", "1")


def table(summary: Mapping[str, Any], *, title: str) -> RenderableType:
    """The numbers of a ``summary.json`` as something rich can print.

    Args:
        summary: As in ``summary.json``.
        title: What was scored; hostile text is shown as it is, not interpreted.
    """
    parts: list[RenderableType] = [Text(printable(title), style="bold"), Text(_about(summary))]
    if summary["metrics"] is None:
        return Group(*parts, Text(f"no rates: {summary['metrics_reason']}"))
    parts.append(_rates(summary["metrics"], str(summary["scanner"]["name"]).capitalize()))
    if summary["metrics"]["undetermined_above_1_percent"]:
        parts.append(Text("! more than 1 % undetermined: attacks that neither succeeded nor failed", style="bold"))
    return Group(*parts, Text(_outcomes(summary["counts"])), Text(""))


def _about(summary: Mapping[str, Any]) -> str:
    corpus, scanner, sandbox = summary["corpus"], summary["scanner"], summary["sandbox"]
    isolation = f"sandbox {sandbox['tier']}" if sandbox else "not executed"
    if sandbox and corpus.get("integrity") == "in_process":
        isolation += ", tests in one process with the candidate"
    tasks = f"{summary['selection']['tasks']} of {corpus['tasks']} tasks"
    return (
        f"{corpus['name']} {corpus['version']}, {tasks}, {summary['samples']} samples\n"
        f"{scanner['name']} {scanner['version']}, {isolation}\n"
    )


def _rates(metrics: Mapping[str, Any], scanner: str) -> Table:
    rates = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rates.add_column("")
    for heading in ("%", "of", "95 % interval"):
        rates.add_column(heading, justify="right", no_wrap=True)
    for name, label, measure in _measures(metrics, scanner):
        if measure["value"] is not None:
            style = "bold" if name == _HEADLINE else ""
            rates.add_row(escape(label), *_cells(measure), style=style)
    return rates


def _measures(metrics: Mapping[str, Any], scanner: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for name, label in _ROWS:
        entry = metrics.get(name)
        if entry is None:
            continue
        if "value" in entry:
            yield name, label.format(scanner=scanner), entry
        else:
            for k, measure in entry.items():
                if (name, k) != _SAME_AS_PASS_RATE:
                    yield name, label.format(k=k), measure


def _cells(measure: Mapping[str, Any]) -> tuple[str, str, str]:
    numerator, denominator, interval = measure["numerator"], measure["denominator"], measure["ci95"]
    of = "" if denominator is None else f"{denominator}" if numerator is None else f"{_count(numerator)}/{denominator}"
    bounds = "" if interval is None else f"{100 * interval[0]:.1f} - {100 * interval[1]:.1f}"
    return f"{100 * measure['value']:.1f}", of, bounds


def _count(number: float) -> str:
    """A number of tasks or samples; the mean over a task's samples need not be whole."""
    return f"{number:.0f}" if float(number).is_integer() else f"{number:.2f}"


def _outcomes(counts: Mapping[str, Mapping[str, int]]) -> str:
    lines = (
        textwrap.fill(
            f"{stage + ':':<12}" + ", ".join(f"{count} {status}" for status, count in counts[stage].items()),
            width=78,
            subsequent_indent=" " * 12,
        )
        for stage in ("scan", "functional", "security")
    )
    return "\n".join(lines)
