"""``pse corpus``: for those who maintain the corpus."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pythonsecurityeval.errors import CheckFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pythonsecurityeval.gates.matrix import Matrix, Row
    from pythonsecurityeval.gates.validation import OpenSandbox

_path = click.option("--corpus-path", type=click.Path(path_type=Path), help="A folder of tasks in our format instead.")
_MARKS = {"passed": "ok", "failed": "FAIL", "not_run": "-"}


@click.group(name="corpus", short_help="Validate, compile and count the tasks.")
def command() -> None:
    """Holds the tasks against the gates, compiles them, counts them."""


@command.command()
@click.argument("task_ids", nargs=-1)
@_path
@click.option("--quick", is_flag=True, help="Run everything once: G6 stays open. Survivors are listed.")
@click.option("--local", is_flag=True, help="Run in local mode, without a sandbox: for references that you wrote.")
@click.option("--static", is_flag=True, help="Run nothing: only what can be read off the files.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=os.cpu_count() or 1, show_default="one for each core", help="Workers."
)
@click.option(
    "--matrix", type=click.Path(path_type=Path), help="Write the matrix of tasks and gates here, as Markdown."
)
def validate(
    task_ids: tuple[str, ...],
    *,
    corpus_path: Path | None,
    quick: bool,
    local: bool,
    static: bool,
    jobs: int,
    matrix: Path | None,
) -> None:
    """Holds TASK_IDS, or all tasks, against the gates; ends with 1 if one fails.

    Each failure is one line: gate, task, test, reason.
    """
    from pythonsecurityeval.corpora.pythonsecurityeval import default_root, full
    from pythonsecurityeval.gates import compiled
    from pythonsecurityeval.gates.validation import validate as hold
    from pythonsecurityeval.scanners import open_scanner

    root = corpus_path or default_root()
    open_sandbox, tiers = (None, ()) if static else _engine(jobs, local=local)
    with open_scanner() as scanner:
        found = hold(
            root, task_ids or None, scanner=scanner, open_sandbox=open_sandbox, tiers=tiers, quick=quick or local
        )
    problems = [failure.line for failure in found.failures]
    if not task_ids and not problems:
        problems += compiled.stale(root)
    _show(found, problems, survivors=bool(task_ids))
    if matrix is not None:
        matrix.write_text(markdown(found, full(root).version), encoding="utf-8")
    if problems:
        raise CheckFailed(f"{len(problems)} problems in {len(found.rows)} tasks")


def _engine(jobs: int, *, local: bool) -> tuple[OpenSandbox, tuple[str, ...]]:
    if local:
        from pythonsecurityeval.gates import local_mode

        return local_mode.local(), ("local",)
    from pythonsecurityeval.gates import pools

    return pools.pools(jobs), pools.tiers()


def _show(found: Matrix, problems: list[str], *, survivors: bool) -> None:
    for note in found.notes:
        click.echo(note)
    for line in problems:
        click.echo(line)
    for row in found.rows:
        if row.mutation is not None and survivors:
            click.echo(f"{row.task_id}: {row.mutation.killed} of {row.mutation.total} mutants die")
            for survivor in row.mutation.survivors:
                click.echo(f"  alive: {survivor}")
    click.echo(_sum(found))


def _sum(found: Matrix) -> str:
    good = sum(not row.failures for row in found.rows)
    return f"{good} of {len(found.rows)} tasks pass the gates (tiers: {', '.join(found.tiers) or 'nothing was run'})"


def markdown(found: Matrix, version: str) -> str:
    """The matrix as a page: which tasks of this version of the corpus pass which gates."""
    from pythonsecurityeval.gates.matrix import GATES

    mutations = [row.mutation for row in found.rows if row.mutation]
    killed, total = sum(m.killed for m in mutations), sum(m.total for m in mutations)
    about = f"Version {version}: {_sum(found)}; {killed:,} of {total:,} mutants of the secure references die."
    head = ["task", *(f"{gate} {name}" for gate, name in GATES.items()), "mutants"]
    lines = ["# Tasks and gates", "", about, "", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    lines += [_markdown_row(row, GATES) for row in found.rows]
    return "\n".join(lines) + "\n"


def _markdown_row(row: Row, gates: Mapping[str, str]) -> str:
    mutation = f"{row.mutation.killed}/{row.mutation.total}" if row.mutation else "-"
    return f"| {' | '.join([row.task_id, *(_MARKS[row.state(gate)] for gate in gates), mutation])} |"


@command.command()
@_path
@click.option("--check", is_flag=True, help="Write nothing; end with 1 if something is not up to date.")
def build(*, corpus_path: Path | None, check: bool) -> None:
    """Compiles the tables, examples, card, Croissant metadata and hashes."""
    from pythonsecurityeval.corpora.pythonsecurityeval import default_root
    from pythonsecurityeval.gates import compiled

    root = corpus_path or default_root()
    if check:
        if lines := compiled.stale(root):
            raise CheckFailed("\n".join(lines))
        click.echo("up to date")
        return
    changed = compiled.build(root)
    click.echo(f"wrote {', '.join(map(str, changed))}" if changed else "up to date")


@command.command()
@_path
def stats(*, corpus_path: Path | None) -> None:
    """Counts tasks, tests and weaknesses, against the goals."""
    from pythonsecurityeval.corpora.pythonsecurityeval import default_root
    from pythonsecurityeval.gates.statistics import GOALS
    from pythonsecurityeval.gates.statistics import stats as count

    found = count(corpus_path or default_root())
    for name, value in found.totals.items():
        click.echo(f"{name:<16} {value:>8.4g}   goal {GOALS[name]:g}")
    tables = {
        "stratum": found.by_stratum,
        "domain": found.by_domain,
        "intent": found.by_intent,
        "tests": found.tests,
        "references": found.references,
        "tasks by CWE": found.by_cwe,
        "tasks by CWE attacked": found.by_cwe_attacked,
    }
    for title, counts in tables.items():
        click.echo(f"\n{title}")
        for name, number in counts.items():
            click.echo(f"  {name:<20} {number:>4}")
