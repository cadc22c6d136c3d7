"""``pse cassette``: recorded calls, to look at, to ship, and to have answered in a batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from pythonsecurityeval.errors import printable

_file = click.Path(path_type=Path)


@click.group(name="cassette", short_help="Show, ship or complete recorded calls of a model.")
def command() -> None:
    """Recorded calls of a model: calls.sqlite of a run, or a .jsonl.xz that was exported."""


@command.command()
@click.argument("cassette", type=_file)
def show(cassette: Path) -> None:
    """Says which model a CASSETTE holds, and what its calls took."""
    from pythonsecurityeval.models.exchange import recording

    found = recording(cassette)
    replies = [call.reply for call in found.calls.values()]
    click.echo(f"model          {printable(found.head.model)}")
    for name, value in found.head.about.items():
        click.echo(f"  {printable(str(name)):<12} {printable(str(value))}")
    click.echo(f"calls          {len(replies)}")
    click.echo(f"tokens in      {_total([reply.input_tokens for reply in replies])}")
    click.echo(f"tokens out     {_total([reply.output_tokens for reply in replies])}")
    click.echo(f"seconds        {sum(reply.seconds for reply in replies):.0f}")


def _total(counts: Sequence[int | None]) -> str:
    told = [count for count in counts if count is not None]
    silent = len(counts) - len(told)
    return f"{sum(told)}" + (f", and {silent} calls that do not say" if silent else "")


@command.command()
@click.argument("cassettes", nargs=-1, required=True, type=_file)
@click.option("--out", required=True, type=_file, help="File to write; its name ends in .jsonl.xz.")
@click.option("--about", multiple=True, metavar="KEY=VALUE", help="What else to say of the recording; repeatable.")
def export(cassettes: tuple[Path, ...], out: Path, about: tuple[str, ...]) -> None:
    """Writes the calls of CASSETTES as one file to ship, sorted.

    Where several have the same call, the first one's answer is taken.
    """
    from pythonsecurityeval.models.exchange import export as write

    calls = write(cassettes, out, dict(map(_pair, about)))
    click.echo(f"wrote {out}: {calls} calls")


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign or not key:
        raise click.BadParameter(f"{text!r}: expected KEY=VALUE", param_hint="--about")
    return key, value


@command.command(name="import")
@click.argument("cassette", type=_file)
@click.argument("answers", type=_file)
def import_(cassette: Path, answers: Path) -> None:
    """Records a batch's ANSWERS to the calls that a run with --model collect:NAME left pending in CASSETTE."""
    from pythonsecurityeval.models.batch import import_answers, write_requests
    from pythonsecurityeval.models.store import Store

    with Store.open(cassette) as store:
        done = import_answers(store, answers)
        requests = cassette.with_name("requests.jsonl")
        write_requests(requests, store.pending())
    click.echo(f"{done.answered} calls answered, {done.failed} failed in the batch, {done.pending} pending")
    click.echo(f"{requests} holds what is pending" if done.pending else "go on with pse run … --resume")
