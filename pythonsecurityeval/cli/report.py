"""``pse report``."""

from __future__ import annotations

from pathlib import Path

import click

from pythonsecurityeval.cli._console import console


@click.command(name="report", short_help="Tables like the paper's over scored runs.")
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "markdown", "csv"]),
    default="table",
    show_default=True,
    help="How it is written, on standard output.",
)
def command(folders: tuple[Path, ...], *, form: str) -> None:
    """Prints the paper's tables over FOLDERS, each the --out of pse score.

    Table 1: the insecure percentage of each submission, with the change against
    the generated code. Table 2: the pass rate of what was first flagged. Beside
    them the share that works and withstands attack.
    """
    from pythonsecurityeval.pipeline.scored_runs import read_scored
    from pythonsecurityeval.report import paper_tables

    runs = [read_scored(folder) for folder in dict.fromkeys(folders)]
    if form == "table":
        console().print(paper_tables.terminal(runs))
    elif form == "markdown":
        click.echo(paper_tables.markdown(runs), nl=False)
    else:
        click.echo(paper_tables.comma_separated(runs), nl=False)
