"""Where the real libraries are cut: methods at the bottom of real classes are replaced, never names.

So ``from x import y``, subclassing, isinstance and the libraries' exceptions
need no care, and real clients and servers run unmodified. Everything is cut
whatever a test uses: in local mode too nothing may reach the real network or
start a real program.
"""

from __future__ import annotations

import logging

from pythonsecurityeval.testkit.inside import names, processes, sockets, trust, waiting
from pythonsecurityeval.testkit.inside.faults import replace
from pythonsecurityeval.testkit.inside.line import JUDGE


def install() -> None:
    """Cut the libraries of this process, once, and of all that it forks; `line.JUDGE` tells those apart."""
    sockets.install()
    names.install()
    waiting.install()
    processes.install()
    trust.install()
    _logs()


def _logs() -> None:
    real = logging.Logger.callHandlers

    def call_handlers(self: logging.Logger, entry: logging.LogRecord) -> None:
        real(self, entry)  # first, since a handler's filter may rewrite the message
        JUDGE.record(entry.levelname, entry.getMessage())

    replace(logging.Logger, callHandlers=call_handlers)
