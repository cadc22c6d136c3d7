"""What the terminal shows: a console, and progress as a bar, as plain lines, or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pythonsecurityeval.errors import printable

if TYPE_CHECKING:
    from rich.console import Console

_LINE_EVERY_S = 10.0


def console() -> Console:
    """A console on standard output; 80 columns where there is no terminal."""
    from rich.console import Console

    plain = not sys.stdout.isatty()
    return Console(no_color="NO_COLOR" in os.environ, width=80 if plain else None)


@contextlib.contextmanager
def progress_of(folder: Path, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Yields what to call after each sample; if the run is interrupted, says how to go on."""
    state = [0, 0]
    shown = _nothing() if quiet else _bar() if sys.stderr.isatty() else _lines()
    try:
        with shown as show:

            def progress(done: int, samples: int) -> None:
                state[:] = done, samples
                show(done, samples)

            yield progress
    except KeyboardInterrupt:
        if state[1]:
            click.echo(
                f"{state[0]} of {state[1]} samples are in {printable(str(folder))}; go on with --resume", err=True
            )
        raise


@contextlib.contextmanager
def _nothing() -> Iterator[Callable[[int, int], None]]:
    yield lambda _done, _samples: None


@contextlib.contextmanager
def _lines() -> Iterator[Callable[[int, int], None]]:
    last = time.monotonic()

    def show(done: int, samples: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _LINE_EVERY_S or done == samples:
            last = time.monotonic()
            click.echo(f"{done} of {samples} samples", err=True)

    yield show


@contextlib.contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("scoring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("scoring", total=None)
        yield lambda done, samples: bar.update(task, completed=done, total=samples)
