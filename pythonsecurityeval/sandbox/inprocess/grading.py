"""The parent's side: gives a test its candidate, reads what the monitor says, and decides.

A test passed if its file was built before the solution was there, every report
is signed and none is missing, every mark of the test was passed in order, and
nothing was found out about the candidate.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pythonsecurityeval.sandbox.channel import Channel, Gone
from pythonsecurityeval.sandbox.claims import Case
from pythonsecurityeval.sandbox.inprocess.monitor import SEPARATOR
from pythonsecurityeval.sandbox.watch import Excess
from pythonsecurityeval.types import CaseResult, Outcome

_HEAD = struct.Struct("!I")
_DIGEST = 16
_LONGEST = 1 << 14
_MOST_REPORTS = 20_000
_MOST_TESTS = 500
_LONGEST_NAME = 200
_LONGEST_MESSAGE = 300
Marks = tuple[tuple[int, bool], ...]
_ENDS = frozenset({"passed", "failed", "error", "missing_library", "out_of_memory"})


@dataclass(frozen=True, slots=True)
class File:
    """A test file, as it described itself when no candidate was near.

    Attributes:
        tests: Each test with the marks that it must pass.
        missing: Libraries that it imports and that are not installed.
        unfit: Why it cannot be run at all; empty if it can.
    """

    tests: tuple[tuple[Case, Marks], ...] = ()
    missing: tuple[str, ...] = ()
    unfit: str = ""

    @classmethod
    def of(cls, answer: dict[str, Any]) -> File:
        """From what the process said; no candidate was near, so it is taken as it is.

        Raises:
            Gone: It said something else.
        """
        if "unfit" in answer:
            return cls(unfit=str(answer["unfit"]))
        try:
            tests = tuple(
                (
                    Case(_blank(name), isolated=True, answers=True),
                    tuple((int(number), bool(needs)) for number, needs in marks),
                )
                for name, marks in answer["tests"].items()
            )
            return cls(tests[:_MOST_TESTS], tuple(map(str, answer["missing"])))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Gone("a test file was described badly") from None


def _blank(name: object) -> CaseResult:
    return CaseResult(name=str(name)[:_LONGEST_NAME], outcome=Outcome.NOT_RUN)


@dataclass(slots=True)
class Hearing:
    """Reads the reports of one test, one after the other.

    Attributes:
        verdict: Outcome and message, once there is one.
        is_cut_off: Whether the stream ended before the test did.
    """

    sock: socket.socket
    key: bytes
    marks: Marks
    verdict: tuple[Outcome, str] | None = None
    is_cut_off: bool = False
    _seen: list[tuple[int, bool]] = field(default_factory=list)
    _count: int = 0
    _buffer: bytearray = field(default_factory=bytearray)

    def listen(self) -> None:
        """Take what has arrived; the end of the stream is a verdict too."""
        try:
            data = self.sock.recv(1 << 16, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._buffer += data
        while self.verdict is None and (frame := self._frame()) is not None:
            self._report(frame)
        if self.verdict is None and not data:
            self.is_cut_off = True
            self.verdict = Outcome.ERROR, "the process ended before the test did"

    def _frame(self) -> bytes | None:
        if len(self._buffer) < _HEAD.size:
            return None
        (length,) = _HEAD.unpack_from(self._buffer)
        if length > _LONGEST:
            self.verdict = Outcome.TAMPERED, "a report that the monitor did not write"
            return None
        if len(self._buffer) < _HEAD.size + length:
            return None
        frame = bytes(self._buffer[_HEAD.size : _HEAD.size + length])
        del self._buffer[: _HEAD.size + length]
        return frame

    def _report(self, frame: bytes) -> None:
        signature, body = frame[:_DIGEST], frame[_DIGEST:]
        genuine = hashlib.blake2b(body, key=self.key, digest_size=_DIGEST).digest()
        words = body.decode("utf-8", "replace").split(SEPARATOR)
        if not hmac.compare_digest(signature, genuine) or words[0] != str(self._count) or self._count > _MOST_REPORTS:
            self.verdict = Outcome.TAMPERED, "a report that the monitor did not write"
            return
        self._count += 1
        kind, *rest = words[1:]
        if kind == "tampered":
            self.verdict = Outcome.TAMPERED, _message(rest)
        elif kind == "step":
            self._seen.append((int(rest[0]), int(rest[1]) > 0))
        elif kind == "end":
            self.verdict = self._end(rest)

    def _end(self, words: list[str]) -> tuple[Outcome, str]:
        if not words or words[0] not in _ENDS:
            return Outcome.TAMPERED, "an end that there is not"
        outcome = Outcome(words[0])
        if outcome is not Outcome.PASSED:
            return outcome, _message(words[1:])
        passed = iter(self._seen)  # more may have been passed: a test can call another
        if not all(
            any(number == mark and (real or not needs) for number, real in passed) for mark, needs in self.marks
        ):
            return Outcome.TAMPERED, "ended without a real assertion at every place that has one"
        return outcome, ""


def _message(words: list[str]) -> str:
    text = " ".join(words)[:_LONGEST_MESSAGE]
    return "".join(char if char.isprintable() else " " for char in text)


@dataclass(frozen=True, slots=True)
class Trial:
    """One process in which one test and the candidate meet.

    Args:
        orders: The way to it.
        hearing: What comes back from its monitor.
    """

    orders: Channel
    hearing: Hearing

    @classmethod
    def begin(cls, orders: socket.socket, evidence: socket.socket, source: str, test: Case, marks: Marks) -> Trial:
        """Have the test built.

        Raises:
            Gone: The process was lost.
        """
        key = secrets.token_bytes(32)
        channel = Channel(orders, descriptors=0)
        channel.send({"source": source, "test": test.blank.name, "key": key.hex()})
        return cls(channel, Hearing(evidence, key, marks))

    def admit(self, code: str, seconds: float) -> tuple[Outcome, str] | None:
        """Let the solution in once the test is built; the outcome if the file cannot be built.

        Raises:
            Gone: The process was lost, or took too long.
        """
        answer, _ = self.orders.receive(seconds)
        if answer.get("built") is not True:
            text = _message([str(answer.get("unfit", ""))])
            return (Outcome.MISSING_LIBRARY if answer.get("missing") is True else Outcome.NOT_RUN), text
        self.orders.send({"code": code})
        return None

    def wait(self, seconds: float, excess: Callable[[], Excess | None]) -> Excess | None:
        """Until there is a verdict, or the candidate used up what it has; which it was, or None."""
        while self.hearing.verdict is None:
            if Channel(self.hearing.sock).ready(seconds):
                self.hearing.listen()
            elif passed := excess():
                return passed
        return None
