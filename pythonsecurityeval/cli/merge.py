"""``pse merge``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from pythonsecurityeval.cli._console import console
from pythonsecurityeval.cli.score import parse_ks


@click.command(name="merge", short_help="Put the shards of a run together.")
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the whole run.")
@click.option("--corpus-path", type=click.Path(path_type=Path), help="The folder of tasks the shards were scored on.")
@click.option("--k", "ks", default="1", show_default=True, callback=parse_ks, help="The k of pass@k, as 1,5,10.")
@click.option("--overwrite", is_flag=True, help="Replace the run that --out holds.")
@click.option("--json", "as_json", is_flag=True, help="Print summary.json instead of the table.")
def command(
    folders: tuple[Path, ...],
    *,
    out: Path,
    corpus_path: Path | None,
    ks: tuple[int, ...],
    overwrite: bool,
    as_json: bool,
) -> None:
    """Puts the shards of one run (pse score --shard I/N) together in --out."""
    from pythonsecurityeval.pipeline.merging import merge
    from pythonsecurityeval.report.terminal import table

    report = merge(folders, out, corpus_path=corpus_path, ks=ks, overwrite=overwrite)
    if as_json:
        json.dump(report.summary, sys.stdout, indent=2)
        click.echo()
    else:
        console().print(table(report.summary, title=str(out)))
