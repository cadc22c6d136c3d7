"""A first test, rehearsed before candidates are forked, so that these need not do what is the same for all."""

from __future__ import annotations

import logging
import socket
import sys
from typing import Any

from pythonsecurityeval.testkit.inside import library, terminal
from pythonsecurityeval.testkit.inside.agent import Agent

_WARM = """
import math
class Warm:
    def up(self, *args): return args, {"pi": math.pi, b"b": {1}}
def call(*args):
    print("warm"); return Warm().up(*args)
async def wait(): raise ValueError("up")
"""
_WARM_CALLS: tuple[tuple[str, list[Any]], ...] = (
    ("load", [_WARM, "."]),
    ("call", ["call", [1], {}]),
    ("call", ["wait", [], {}]),
)


def rehearse() -> None:
    """Load and call a solution, in a process that has the seams."""
    kept = sys.stdin, sys.stdout, sys.stderr, sys.argv
    ours, theirs = socket.socketpair()
    with ours, theirs:
        agent = Agent(ours)
        for number, (what, args) in enumerate(_WARM_CALLS):
            encoded = [agent.values.enc(arg) for arg in args]
            agent.answer({"i": number, "q": what, "a": encoded})
    logging.getLogger("warm").debug("up")
    library.warm_up()
    sys.stdin, sys.stdout, sys.stderr, sys.argv = kept
    sys.modules.pop("solution", None)
    Agent.loggers = terminal.Loggers()
