"""``pse tasks``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from pythonsecurityeval import _registry
from pythonsecurityeval.errors import CheckFailed, UsageError
from pythonsecurityeval.types import CaseResult, Outcome, Task, UnitTest


@click.command(name="tasks", short_help="List, show or try tasks.")
@click.argument("task_id", required=False)
@click.option("--corpus", default="pythonsecurityeval", show_default=True, help="Name of the corpus.")
@click.option("--corpus-path", type=click.Path(path_type=Path), help="Where the corpus lies instead.")
@click.option("--try", "solution", type=click.Path(path_type=Path), help="Run this solution in local mode and explain.")
@click.option("--suite", type=click.Choice(["functional", "security"]), help="Run only this suite.")
def command(
    task_id: str | None, *, corpus: str, corpus_path: Path | None, solution: Path | None, suite: str | None
) -> None:
    """Lists the tasks, shows TASK_ID, or tries one solution of it.

    Local mode runs the solution as it is, WITHOUT a sandbox: it is for code
    that you wrote yourself.
    """
    from pythonsecurityeval.pipeline.scoring import load_corpus

    source = load_corpus(corpus, corpus_path)
    if task_id is None:
        tasks = source.tasks()
        if about := getattr(source, "about", None):
            click.echo(f"{about.title}: {about.source}, licence: {about.licence}", err=True)
        for task in tasks:
            click.echo(f"{task.task_id}  {_label(task):<13} {task.stratum:<11} {task.title}")
        return
    task = _find(source.tasks(), task_id)
    if solution is None:
        click.echo(_shown(task))
    else:
        _try(task, source, solution, suite)


def _find(tasks: Iterable[Task], task_id: str) -> Task:
    by_id = {task.task_id: task for task in tasks}
    if task_id not in by_id:
        raise UsageError(f"unknown task {task_id!r}; {_registry.nearest(task_id, by_id)}")
    return by_id[task_id]


def _label(task: Task) -> str:
    """The domain; corpora of others have none, and are listed by CWE."""
    return task.domain or ", ".join(task.cwes)


def _shown(task: Task) -> str:
    lines = [
        f"{task.task_id}  {task.title}",
        f"domain {task.domain or 'none'}, stratum {task.stratum}, weaknesses {', '.join(task.cwes) or 'none'}",
        "",
        textwrap.fill(task.prompt, 78),
        "",
        task.signature,
    ]
    return "\n".join(lines)


def _try(task: Task, source: Any, solution: Path, suite: str | None) -> None:
    from pythonsecurityeval.testkit.local import run_local

    try:
        code = solution.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{solution}: not readable ({error}); give a Python file") from None
    tests: list[UnitTest] = [test for test in source.unit_tests(task.task_id) if suite in {None, test.suite}]
    if not tests:
        raise UsageError(f"{task.task_id} has no unit test to try a solution with")
    if any(test.integrity == "in_process" for test in tests):
        raise UsageError(
            f"{task.task_id}: its test patches names inside the solution and runs in the sandbox only; "
            f"score a file with that one solution, with --tasks {task.task_id}"
        )
    failed = 0
    for test in tests:
        click.echo(f"{task.task_id} {test.suite}")
        for case in run_local(test.source, code):
            failed += case.outcome is not Outcome.PASSED
            click.echo(_explained(case))
    if failed:
        raise CheckFailed(f"{failed} tests did not pass")


def _explained(case: CaseResult) -> str:
    mark = "ok  " if case.outcome is Outcome.PASSED else case.outcome.value
    attacks = f" [{case.cwe}]" if case.cwe else ""
    because = f"\n      {case.message}" if case.message else ""
    return f"  {mark:<8} {case.name}{attacks}{because}"
