"""``pse run``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pythonsecurityeval.cli._console import progress_of
from pythonsecurityeval.cli._options import with_options
from pythonsecurityeval.errors import printable

if TYPE_CHECKING:
    from pythonsecurityeval.pipeline.rehearsal import Stage
    from pythonsecurityeval.pipeline.run_options import RunOptions
    from pythonsecurityeval.pipeline.running import Run

_OPTIONS = [
    click.option("--model", help="The model: openai:NAME, llamacpp:FILE.gguf, replay:mini, …; see docs/models.md."),
    click.option("--base-url", help="Address of a server that speaks the provider's protocol."),
    click.option("--corpus", default="pythonsecurityeval", show_default=True, help="Name of the corpus."),
    click.option("--corpus-path", type=click.Path(path_type=Path), help="A folder of tasks in our format instead."),
    click.option("--initial", help="The code before refinement; without it, it is generated first."),
    click.option("--samples", type=click.IntRange(1, 1000), help="Samples of a task to generate.  [default: 1]"),
    click.option("--limit", type=click.IntRange(1), help="Only the first so many tasks."),
    click.option("--temperature", type=click.FloatRange(0, 5), help="For every call.  [default: the preset's]"),
    click.option("--max-tokens", type=click.IntRange(1), help="Of an answer, for every call.  [default: the preset's]"),
    click.option("--preset", help="Settings that belong together: plain (temperature 1, 4096 tokens, n=3) or paper "
                 "(temperature 1, 500 tokens to generate, 2000 to refine, n=2).  [default: plain, or what a cassette "
                 "was recorded with]"),
    click.option("--out", type=click.Path(path_type=Path), help="Folder of the run [default: runs/SUBMISSION]."),
    click.option("--concurrency", type=click.IntRange(1, 1024), default=8, show_default=True,
                 help="Samples in work, and calls in flight, at once."),
    click.option("--resume", is_flag=True, help="Go on with an interrupted run; no call is made twice."),
    click.option("--dry-run", is_flag=True, help="Print the prompts and the calls to expect; ask nobody."),
    click.option("--quiet", is_flag=True, help="No progress."),
]  # fmt: skip


@click.command(name="run", short_help="Let a submission answer a corpus with a model.")
@click.argument("submission")
@with_options(_OPTIONS)
def command(
    submission: str,
    *,
    model: str | None,
    base_url: str | None,
    corpus: str,
    corpus_path: Path | None,
    initial: str | None,
    out: Path | None,
    dry_run: bool,
    quiet: bool,
    **options: Any,
) -> None:
    """Lets SUBMISSION answer the tasks of a corpus with a model.

    A submission generates code (generated), or refines what the scanner flags
    (direct_prompting, self_debugging, bandit_feedback, verbalization, fdsp,
    fdsp_iterative, or a plugin; see pse plugins). Options of its own follow its
    name, as fdsp:k=5,n=2. All that was asked and answered is kept in --out.
    """
    from pythonsecurityeval.pipeline.run_options import RunOptions

    chosen = RunOptions(**options)
    if dry_run:
        _rehearsed(submission, corpus, corpus_path, initial, chosen)
        return
    if model is None:
        raise click.UsageError(
            "Missing option '--model'; for instance openai:NAME, or replay:mini over mini, or --dry-run without one"
        )
    folder = out or Path("runs") / submission.replace(":", "-").replace(",", "-")
    _run(submission, model, base_url, corpus, corpus_path, initial, folder, chosen, quiet=quiet)


def _rehearsed(
    submission: str, corpus: str, corpus_path: Path | None, initial: str | None, options: RunOptions
) -> None:
    import asyncio

    from pythonsecurityeval.pipeline.rehearsal import rehearse

    for stage in asyncio.run(rehearse(submission, corpus, corpus_path, initial, options)):
        for step, text in stage.example:
            click.echo(f"──── {stage.name}: {step}")
            click.echo("\n".join(map(printable, text.split("\n"))))
            click.echo()
        click.echo(_expected(stage))


def _expected(stage: Stage) -> str:
    flagged = "" if stage.flagged is None else f", {stage.flagged} of them flagged"
    calls = f"{stage.most} calls" if stage.fewest == stage.most else f"{stage.fewest} to {stage.most} calls"
    drawn = f"temperature {stage.sampling.temperature:g}, at most {stage.sampling.max_tokens} tokens each"
    return f"{stage.name}: {stage.samples} samples{flagged}; {calls}, {drawn}"


def _run(
    submission: str,
    model: str,
    base_url: str | None,
    corpus: str,
    corpus_path: Path | None,
    initial: str | None,
    folder: Path,
    options: RunOptions,
    *,
    quiet: bool,
) -> None:
    from pythonsecurityeval.models import Settings
    from pythonsecurityeval.pipeline.running import run_submission

    with progress_of(folder, quiet=quiet, verb="answering") as progress:
        run = run_submission(
            submission,
            model,
            out=folder,
            corpus=corpus,
            corpus_path=corpus_path,
            initial=initial,
            options=options,
            settings=Settings(base_url=base_url, concurrency=options.concurrency),
            progress=lambda done, jobs, cost, fresh: progress(
                done, jobs, f"{cost.calls} calls ({fresh} new), {cost.input_tokens + cost.output_tokens} tokens"
            ),
        )
    where = printable(str(folder))
    if run.pending:
        click.echo(
            f"{run.pending} of the samples wait: have {where}/requests.jsonl answered as a batch, "
            f"pse cassette import the answers, then --resume"
        )
        return
    click.echo(_said(run))
    click.echo(f"Predictions: {where}/predictions.jsonl")


def _said(run: Run) -> str:
    changed = sum(trace.initial is not None and trace.code != trace.initial.code for trace in run.traces)
    refined = any(trace.initial is not None for trace in run.traces)
    cost = run.cost
    return (
        f"{len(run.traces)} samples"
        + (f", {changed} of them changed" if refined else "")
        + f"; {cost.calls} calls ({run.fresh} new), {cost.input_tokens} tokens in, {cost.output_tokens} out"
    )
