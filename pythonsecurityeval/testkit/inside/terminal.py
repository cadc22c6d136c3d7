"""What a program has around it: standard streams, arguments, environment, log records; captured call by call."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any

_MOST_BYTES = 1 << 18
_MOST_RECORDS = 5000
_MOST_CHARACTERS = 10_000


class _Tape(io.BytesIO):
    """Keeps the first bytes written to it and forgets the rest."""

    def write(self, data: Any, /) -> int:
        size = len(data)
        if self.tell() < _MOST_BYTES:
            super().write(bytes(data)[: _MOST_BYTES - self.tell()])
        return size


class Stream:
    """One standard stream of the candidate, the same object for a whole test: log handlers keep hold of it."""

    def __init__(self) -> None:
        self._tape = _Tape()
        self.text = io.TextIOWrapper(self._tape, encoding="utf-8", errors="surrogateescape", write_through=True)

    def take(self) -> str:
        """What was written since the last time."""
        try:
            self.text.flush()
            written = self._tape.getvalue().decode("utf-8", "replace")
            self._tape.seek(0)
            self._tape.truncate()
        except ValueError:  # the candidate closed it
            return ""
        return written


class Terminal:
    """The surroundings of one test."""

    def __init__(self) -> None:
        self.out = Stream()
        self.err = Stream()
        self.logs: list[list[str]] = []
        self.set_up(None, None, None)

    def install(self) -> None:
        """Become what ``sys`` shows."""
        sys.stdout, sys.stderr = self.out.text, self.err.text

    def set_up(self, stdin: str | bytes | None, argv: Sequence[str] | None, env: Mapping[str, str] | None) -> None:
        """Set standard input, arguments and additions to the environment for the calls to come."""
        data = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin or b""
        sys.stdin = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")
        sys.argv = list(argv) if argv is not None else ["solution.py"]
        os.environ.update(env or {})

    def record(self, level: str, message: str) -> None:
        """Keep one log record."""
        if len(self.logs) < _MOST_RECORDS:
            self.logs.append([level, message[:_MOST_CHARACTERS]])

    def take(self) -> dict[str, Any]:
        """All that was written and logged since the last time, for an answer; nothing if there was nothing."""
        out, err, logs, self.logs = self.out.take(), self.err.take(), self.logs, []
        return {key: value for key, value in (("o", out), ("x", err), ("l", logs)) if value}


class Loggers:
    """Puts the tree of loggers back as it was, so that one test's handlers do not print into the next."""

    def __init__(self) -> None:
        self._known = {name: _state(logger) for name, logger in _all().items()}

    def restore(self) -> None:
        """Undo what was done to any logger since."""
        if logging.root.manager.disable:  # else each logger's cache would be cleared, in memory that forks share
            logging.disable(logging.NOTSET)
        for name, logger in _all().items():
            if name not in self._known:
                logging.root.manager.loggerDict.pop(name, None)
            elif _state(logger) != self._known[name]:
                handlers, filters, level, logger.propagate, logger.disabled = self._known[name]
                logger.handlers[:], logger.filters[:] = handlers, filters
                logger.setLevel(level)


def _all() -> dict[str, logging.Logger]:
    named = {name: x for name, x in logging.root.manager.loggerDict.items() if isinstance(x, logging.Logger)}
    return {**named, "": logging.root}


def _state(logger: logging.Logger) -> tuple[list[logging.Handler], list[Any], int, bool, bool]:
    return logger.handlers[:], logger.filters[:], logger.level, logger.propagate, logger.disabled
