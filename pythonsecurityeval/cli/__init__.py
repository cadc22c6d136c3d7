"""The commands ``pse`` and ``pse-score``: the only room that prints, and that reads the environment."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import NoReturn


def pse() -> NoReturn:
    """Entry point of ``pse``."""
    _run("pse", "_main", "commands")


def pse_score() -> NoReturn:
    """Entry point of ``pse-score``, the same as ``pse score``."""
    _run("pse-score", "score", "command")


def _run(name: str, module: str, command: str) -> NoReturn:
    try:
        run = import_module(f"{__name__}._main").run
        found = getattr(import_module(f"{__name__}.{module}"), command)
    except OSError as error:  # where no file can be opened, nothing of ours could say so
        sys.stderr.write(f"{name}: this machine fails: {error}\n")
        sys.exit(3)
    sys.exit(run(found, name))
