"""``pse score``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import click

from pythonsecurityeval.cli._console import console, progress_of
from pythonsecurityeval.cli._options import with_options
from pythonsecurityeval.errors import printable
from pythonsecurityeval.pipeline.options import Options


def parse_ks(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, ...]:
    """The k of pass@k from a list such as ``1,5,10``."""
    try:
        ks = tuple(int(k) for k in value.split(","))
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a list of numbers; write for instance 1,5,10") from None
    if min(ks) < 1:
        raise click.BadParameter("every k is at least 1")
    return ks


def _part(_ctx: click.Context, _param: click.Parameter, value: str) -> tuple[int, int]:
    part, slash, parts = value.partition("/")
    if slash and part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts):
        return int(part), int(parts)
    raise click.BadParameter(f"{value!r} is not a shard; write for instance 2/8 for the second of eight")


_OPTIONS = [
    click.option("--corpus", default="pythonsecurityeval", show_default=True, help="Name of the corpus."),
    click.option("--corpus-path", type=click.Path(path_type=Path), help="Where the corpus lies instead."),
    click.option("--initial", help="The code before refinement, paired by task and sample index."),
    click.option("--out", type=click.Path(path_type=Path), help="Folder of the results [default: results/NAME]."),
    click.option("--jobs", type=click.IntRange(1, 1024), help="Workers [default: one for each core]."),
    click.option("--k", "ks", default="1", show_default=True, callback=parse_ks, help="The k of pass@k, as 1,5,10."),
    click.option("--timeout", "timeout_s", type=click.FloatRange(0.1, 3600), default=2.0, show_default=True,
                 help="CPU seconds for one test, or ten times what the task's reference takes, if that is more; "
                 "wall time is limited to three times that."),
    click.option("--memory", "memory_mb", type=click.IntRange(256, 2**20), default=2048, show_default=True,
                 help="Address space of one candidate, in MB."),
    click.option("--tasks", default="*", help="Glob over task ids."),
    click.option("--limit", type=click.IntRange(1), help="Only the first so many tasks."),
    click.option("--resume", is_flag=True, help="Go on with an interrupted run."),
    click.option("--overwrite", is_flag=True, help="Replace the run that the folder holds."),
    click.option("--allow-missing", is_flag=True, help="Count tasks without a prediction as failed."),
    click.option("--sandbox", "tier", type=click.Choice(["auto", "namespaces", "landlock"]), default="auto",
                 show_default=True, help="Kind of isolation; see pse doctor."),
    click.option("--python", help="Interpreter that runs the candidates."),
    click.option("--engine", type=click.Choice(["local"]), default="local", show_default=True, expose_value=False,
                 help="What spreads the samples over workers: processes of this machine."),
    click.option("--scanner", default="bandit", show_default=True,
                 help="What scans the code; another one is a cross-check, its numbers compare with no others."),
    click.option("--scan-only", is_flag=True, help="Only scan; run no code."),
    click.option("--shard", default="1/1", callback=_part, help="One of several parts, as 2/8; see pse merge."),
    click.option("--json", "as_json", is_flag=True, help="Print summary.json instead of the table."),
    click.option("--quiet", is_flag=True, help="No progress."),
]  # fmt: skip


@click.command(name="score", short_help="Score a predictions file.")
@click.argument("predictions")
@with_options(_OPTIONS)
def command(
    predictions: str,
    *,
    corpus: str,
    corpus_path: Path | None,
    initial: str | None,
    out: Path | None,
    as_json: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Scores PREDICTIONS, a JSON-lines file (plain or .gz), or - for standard input.

    Scans with Bandit, runs the functional tests and the attacks in a sandbox,
    and gives the insecure percentage, the pass rate, and the share that works
    and withstands attack.
    """
    if options["resume"] and options["overwrite"]:
        raise click.UsageError("--resume and --overwrite exclude each other")
    score_file(predictions, corpus, corpus_path, initial, out, Options(**options), as_json=as_json, quiet=quiet)


def score_file(
    predictions: str,
    corpus: str,
    corpus_path: Path | None,
    initial: str | None,
    out: Path | None,
    options: Options,
    *,
    as_json: bool = False,
    quiet: bool = False,
) -> None:
    """Scores one file and prints what was found."""
    from pythonsecurityeval.pipeline.scoring import score
    from pythonsecurityeval.report.terminal import table

    folder = out or Path("results") / _stem(predictions)
    with progress_of(folder, quiet=quiet) as progress:
        report = score(
            predictions,
            corpus,
            corpus_path=corpus_path,
            initial=initial,
            out=folder,
            options=options,
            progress=progress,
        )
    if as_json:
        json.dump(report.summary, sys.stdout, indent=2)
        click.echo()
    else:
        console().print(table(report.summary, title=predictions))
        click.echo(f"Results: {printable(str(folder))}{os.sep}")


def _stem(predictions: str) -> str:
    return "stdin" if predictions == "-" else Path(predictions).name.split(".")[0] or "predictions"
