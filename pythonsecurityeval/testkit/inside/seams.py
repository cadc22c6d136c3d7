"""Where the real libraries are cut: methods at the bottom of real classes are replaced, never names.

So ``from x import y``, subclassing, isinstance and the libraries' exceptions
need no care, and real clients and servers run unmodified. Everything is cut
whatever a test uses: in local mode too nothing may reach the real network or
start a real program.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from pythonsecurityeval.testkit.inside import names, processes, sockets, trust, waiting
from pythonsecurityeval.testkit.inside.faults import replace


def install(ca_pem: str, record: Callable[[str, str], None]) -> None:
    """Cut the libraries of this process, once.

    Args:
        ca_pem: The root that signs the doubles' certificates; empty without a network.
        record: Is told level and message of every log record that reaches its handlers.
    """
    sockets.install()
    names.install()
    waiting.install()
    processes.install()
    trust.install(ca_pem)
    _logs(record)


def _logs(record: Callable[[str, str], None]) -> None:
    real = logging.Logger.callHandlers

    def call_handlers(self: logging.Logger, entry: logging.LogRecord) -> None:
        real(self, entry)  # first, since a handler's filter may rewrite the message
        record(entry.levelname, entry.getMessage())

    replace(logging.Logger, callHandlers=call_handlers)
