"""Who is at the other end of standard output and standard error, and whether they still are."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from typing import Final

_OUTPUTS: Final = (1, 2)


class Audience:
    """To be made before anything is written: a terminal that has gone is not known for one."""

    def __init__(self) -> None:
        self._terminals = frozenset(filter(os.isatty, _OUTPUTS))

    def terminal_is_gone(self) -> bool:
        """Whether one of them led to a terminal that has been closed."""
        return any(_state(output) & select.POLLHUP for output in self._terminals)

    def reader_is_gone(self) -> bool:
        """Whether one of them leads to a pipe that nobody reads any more."""
        return any(_state(output) & select.POLLERR for output in _OUTPUTS if output not in self._terminals)

    def leave(self) -> None:
        """Give up what was written and cannot be told, or the interpreter's own end would fail for it."""
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                with contextlib.suppress(OSError):  # no descriptor is left for it
                    nowhere = os.open(os.devnull, os.O_WRONLY)
                    os.dup2(nowhere, stream.fileno())
                    os.close(nowhere)


def _state(output: int) -> int:
    poller = select.poll()
    poller.register(output, 0)
    return next((events for _, events in poller.poll(0)), 0)
