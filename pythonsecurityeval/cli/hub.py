"""``pse hub``."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from pythonsecurityeval.errors import CheckFailed, printable


@click.group(name="hub", short_help="Publish the corpus as a data set; results for a model's page.")
def command() -> None:
    """Publishes the corpus on a hub of data sets, and writes results as a hub shows them."""


@command.command()
@click.option("--repo", required=True, help="Where to, as ORG/NAME.")
@click.option("--private", is_flag=True, help="Make a new repository private.")
@click.option("--stage", "folder", type=click.Path(path_type=Path), help="Only fill this folder with what would go up.")
def publish(*, repo: str, private: bool, folder: Path | None) -> None:
    """Publishes the data set of this checkout, in one commit tagged with its version.

    Refused where a file is not as pse corpus build makes it from the tasks. Log
    in first (hf auth login). Where nothing has changed, nothing is done; a
    version that was published is never replaced by other tables.
    """
    from huggingface_hub.utils import disable_progress_bars

    from pythonsecurityeval.corpora.pythonsecurityeval import default_root
    from pythonsecurityeval.gates import compiled
    from pythonsecurityeval.hub import publishing

    root = default_root()
    if stale := compiled.stale(root):
        raise CheckFailed("\n".join(stale))
    if folder is not None:
        click.echo("\n".join(publishing.stage(root, folder, repo)))
        return
    disable_progress_bars()
    click.echo(publishing.publish(root, repo, private=private))


_ADDRESS = re.compile(r"https?://[!-~]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")


def _date(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    try:
        if value is None or (_DAY.fullmatch(value) and datetime.datetime.fromisoformat(value)):
            return value
    except ValueError:
        pass
    raise click.BadParameter(f"{value!r} is no date; write for instance 2026-01-31 or 2026-01-31T12:00:00Z")


def _address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is None or _ADDRESS.fullmatch(value):
        return value
    raise click.BadParameter(f"{value!r} is no address; write for instance https://huggingface.co/datasets/ORG/RUN")


@command.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option("--dataset", required=True, help="The published data set, as ORG/NAME.")
@click.option("--revision", required=True, help="Its tag, such as v1.0.0, or commit.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the model's repository.")
@click.option("--initial", type=click.Path(path_type=Path), help="The code before refinement, as for pse score.")
@click.option("--date", callback=_date, help="When it was scored, as 2026-01-31 [default: left out].")
@click.option("--source", callback=_address, help="Address at which the run can be seen [default: left out].")
def results(
    run: Path, *, dataset: str, revision: str, out: Path, initial: Path | None, date: str | None, source: str | None
) -> None:
    """Writes the metrics of RUN, the --out of pse score, as .eval_results/*.yaml.

    They are computed again from the run's results. Only a finished run over the
    whole corpus is taken, with an answer to every task and every test run.
    Nothing is sent: put the file into the model's repository yourself.
    """
    from pythonsecurityeval.hub import eval_results
    from pythonsecurityeval.pipeline.recomputing import recompute

    whole = recompute(run, initial)
    benchmark = eval_results.Benchmark(repo=dataset, revision=revision)
    benchmark.check(whole.version)
    found = eval_results.entries(benchmark, whole.measures, whole.notes, date=date, source=source)
    path = eval_results.write(out, whole.method, found)
    for name, measure in whole.measures.items():
        said = f"{measure.value:.6g}" if measure.value is not None else f"left out: {measure.reason}"
        click.echo(f"{name}: {said}")
    click.echo(printable(str(path)))
