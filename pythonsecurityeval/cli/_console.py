"""What the terminal shows: a console, and progress as a bar, as plain lines, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from pythonsecurityeval.errors import printable

if TYPE_CHECKING:
    from rich.console import Console

_LINE_EVERY_S = 10.0


def console() -> Console:
    """A console on standard output; 80 columns where there is no terminal.

    Printing on it raises `BrokenPipeError` where nobody reads; of itself rich would end the program with 1.
    """
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))

    plain = not sys.stdout.isatty()
    return Plain(no_color="NO_COLOR" in os.environ, width=80 if plain else None)


class Shown(Protocol):
    """How progress is shown; ``detail`` is what else there is to say, in a few words."""

    def __call__(self, done: int, samples: int, detail: str = "") -> None: ...


@contextlib.contextmanager
def progress_of(folder: Path, *, quiet: bool, verb: str = "scoring") -> Iterator[Shown]:
    """Yields what to call after each sample; if the run is interrupted, says how to go on."""
    state = [0, 0]
    shown = _nothing() if quiet else _bar(verb) if sys.stderr.isatty() else _lines()
    try:
        with shown as show:

            def progress(done: int, samples: int, detail: str = "") -> None:
                state[:] = done, samples
                show(done, samples, detail)

            yield progress
    except KeyboardInterrupt:
        if state[1]:
            _say(f"{state[0]} of {state[1]} samples are in {printable(str(folder))}; go on with --resume")
        raise


def _say(line: str) -> None:
    """Progress is a courtesy: that nobody reads it ends no run."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(line, err=True)


@contextlib.contextmanager
def _nothing() -> Iterator[Shown]:
    yield lambda done, samples, detail="": None  # noqa: ARG005 - shows nothing


@contextlib.contextmanager
def _lines() -> Iterator[Shown]:
    last = time.monotonic()

    def show(done: int, samples: int, detail: str = "") -> None:
        nonlocal last
        if time.monotonic() - last >= _LINE_EVERY_S or done == samples:
            last = time.monotonic()
            _say(f"{done} of {samples} samples" + (f", {detail}" if detail else ""))

    yield show


@contextlib.contextmanager
def _bar(verb: str) -> Iterator[Shown]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn(verb),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[detail]}"),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None, detail="")
        yield lambda done, samples, detail="": bar.update(task, completed=done, total=samples, detail=detail)
