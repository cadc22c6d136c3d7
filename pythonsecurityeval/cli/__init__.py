"""The commands ``pse`` and ``pse-score``: the only room that prints, and that reads the environment."""

from __future__ import annotations

import sys


def pse() -> None:
    """Entry point of ``pse``."""
    from pythonsecurityeval.cli._main import commands, run

    sys.exit(run(commands, "pse"))


def pse_score() -> None:
    """Entry point of ``pse-score``, the same as ``pse score``."""
    from pythonsecurityeval.cli._main import run
    from pythonsecurityeval.cli.score import command

    sys.exit(run(command, "pse-score"))
