"""The judge's end of the wire to one candidate."""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.desk import Desk, World
from pythonsecurityeval.testkit.judge.scratch import Scratch
from pythonsecurityeval.testkit.judge.streams import Streams
from pythonsecurityeval.testkit.judge.values import SolutionError

ENDED = "the solution's process ended early"
_SETTLE_SECONDS = 0.3
_ANSWER = frozenset({"i", "r", "e", "o", "x", "l", "b"})
_MOST_KINDS = 64
_LONGEST_ATTEMPT = 1 << 17


@dataclass(frozen=True, slots=True)
class Answer:
    """What the candidate answered to one request: a value or an error, and what it printed and logged meanwhile."""

    value: Any
    error: SolutionError | None
    stdout: str
    stderr: str
    logs: list[tuple[str, str]]


class Link:
    """Talks to one candidate, from the fork to its end.

    Attributes:
        configured: Its seams know what they need.
        pictured: It can be asked whether they are what they were.
        gone: It ended, and somebody asked it afterwards.
        used: Its code has been loaded, so that from now on it may be at fault.

    Args:
        rpc: Stream on which the judge asks and the candidate answers.
        ctl: SEQPACKET socket over which the candidate hands its streams over.
        attempts: SEQPACKET socket on which somebody else tells what the candidate tried past its seams; None in
            local mode, where nobody watches.
        scratch: The folder both can reach.
        cpu: CPU seconds the candidate has used with all its children, read from outside; an `OSError` once it ended.
    """

    def __init__(
        self,
        rpc: socket.socket,
        ctl: socket.socket,
        attempts: socket.socket | None = None,
        *,
        scratch: Scratch,
        cpu: Callable[[], float],
    ) -> None:
        self.scratch = scratch
        self.cpu = cpu
        self.desk = Desk()
        self.configured = self.pictured = False
        self.gone = False
        self.used = False
        self._rpc = rpc
        self._attempts = attempts
        self._number = 0
        self._owner = threading.get_ident()
        self._streams = Streams(ctl, self.desk, self._hang_up)

    def begin(self, world: World) -> None:
        """A new test with a world of its own, run by this thread."""
        self._owner = threading.get_ident()
        self.desk.begin(world)
        self._streams.begin()

    def end(self) -> None:
        """The test is over: nothing of its world is served any more."""
        self.desk.begin(None)
        self._streams.end()

    def ask(self, what: str, *args: Any) -> Answer:
        """Ask, and wait for the answer.

        Raises:
            Closed: The candidate is gone.
            Tampered: It broke the rules.
            Unsendable: An argument cannot travel.
        """
        if threading.get_ident() != self._owner:
            raise RuntimeError("a function that the solution calls cannot call the solution")
        message = [self.desk.values.enc(arg) for arg in args]
        self._number += 1
        frame = wire.pack({"i": self._number, "q": what, "a": message})
        try:
            self._rpc.sendall(frame)
            answer = wire.receive(self._rpc)
        except wire.Tampered as error:
            self.desk.tampered = self.desk.tampered or str(error)
            raise
        except (wire.Closed, OSError):
            raise self._ended() from None
        self._hear()
        try:
            return self._read(answer)
        except wire.Tampered as error:
            self.desk.tampered = self.desk.tampered or str(error)
            raise

    def check(self) -> None:
        """Raise `Tampered` if the candidate broke the rules on any of its streams."""
        self._hear()
        if self.desk.tampered:
            raise wire.Tampered(self.desk.tampered)

    def spent(self) -> float:
        """CPU seconds that the candidate has used.

        Raises:
            Closed: It ended, so that nobody knows.
        """
        try:
            return self.cpu()
        except OSError:
            raise self._ended() from None

    def dial(self, port: int) -> socket.socket:
        """A connection to a server that the candidate runs."""
        return self._streams.dial(port)

    def close(self) -> bool:
        """Hang up; may be called twice, never raises.

        Returns:
            Whether every thread that served the candidate has ended; if not, this process is spoilt for others.
        """
        self._hang_up()
        has_ended = self._streams.close()
        self._rpc.close()
        if self._attempts:
            self._attempts.close()
        return has_ended

    def _hear(self) -> None:
        """Take in what was tried past the seams: what came before an answer is here when the answer is."""
        while self._attempts is not None:
            try:
                told = self._attempts.recv(_LONGEST_ATTEMPT, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            if not told:
                return
            self.desk.attempted(**json.loads(told))

    def _ended(self) -> wire.Closed:
        """What to raise, now that the candidate is gone: noted, in case that a test swallows it."""
        self.gone = True
        self._hang_up()
        self._streams.settle(_SETTLE_SECONDS)
        self.check()
        return wire.Closed(ENDED)

    def _hang_up(self) -> None:
        with contextlib.suppress(OSError):
            self._rpc.shutdown(socket.SHUT_RDWR)

    def _read(self, answer: Any) -> Answer:
        if type(answer) is not dict or not answer.keys() <= _ANSWER or ("r" in answer) is ("e" in answer):
            raise wire.Tampered("an answer of the wrong shape")
        if answer.get("i") != self._number:
            raise wire.Tampered("an answer to another question")
        if broken := wire.check(answer.get("b", ""), str, "a report"):
            self.desk.broken = self.desk.broken or broken[:300]
        return Answer(
            self.desk.values.claim(answer["r"]) if "r" in answer else None,
            _error(answer["e"], in_solution=not broken) if "e" in answer else None,
            wire.check(answer.get("o", ""), str, "output"),
            wire.check(answer.get("x", ""), str, "output"),
            [_record(entry) for entry in wire.check(answer.get("l", []), list, "logs")],
        )


def _record(entry: Any) -> tuple[str, str]:
    if len(wire.check(entry, list, "a log record")) != 2:  # noqa: PLR2004  a pair
        raise wire.Tampered("a log record of the wrong shape")
    return wire.check(entry[0], str, "a level"), wire.check(entry[1], str, "a log message")


def _error(claim: Any, *, in_solution: bool) -> SolutionError:
    wire.check(claim, dict, "an error")
    kinds = wire.check(claim.get("mro"), list, "an error's kinds")
    if not 0 < len(kinds) <= _MOST_KINDS or not claim.keys() <= {"mro", "s", "n", "m"}:
        raise wire.Tampered("an error of the wrong shape")
    return SolutionError(
        tuple(wire.check(kind, str, "an error's kind")[:200] for kind in kinds),
        wire.check(claim.get("s", ""), str, "an error's text"),
        in_solution=in_solution,
        line=wire.check(claim.get("n", 0), int, "an error's line"),
        not_installed=wire.check(claim.get("m", False), bool, "a flag"),
    )
