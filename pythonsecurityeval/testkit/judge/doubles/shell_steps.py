"""What the shells of one test may do, all together, so that each of them ends."""

from __future__ import annotations

from typing import final

from pythonsecurityeval.testkit.judge.doubles.budget import Budget, OverdrawnError

MOST_OUTPUT = 1 << 20  #: Bytes of an output, characters of a variable.
_MOST_STEPS = 10_000
_PER_STEP = 64  # characters to be read or expanded that cost as much as a command
_MOVED_PER_STEP = 4096  # bytes that only pass


@final
class Steps:
    """Counts; every method raises `OverdrawnError` where it is too much."""

    def __init__(self) -> None:
        self._left = Budget(_MOST_STEPS)

    def work(self, characters: int = 0) -> None:
        """A command, or a text to be read or expanded."""
        if characters > MOST_OUTPUT:
            raise OverdrawnError
        self._left.spend(1 + characters // _PER_STEP)

    def move(self, data: bytes | bytearray | None) -> None:
        """Bytes that pass from here to there."""
        self._left.spend(len(data or b"") // _MOVED_PER_STEP)
