"""How much of something the clients of one double may use in one test, all together."""

from __future__ import annotations

import threading
from typing import final


@final
class OverdrawnError(ConnectionAbortedError):
    """A client wants more than any honest one."""


@final
class Budget:
    """An amount that is used up; threads may share it."""

    def __init__(self, amount: int) -> None:
        self._left = amount
        self._lock = threading.Lock()

    def spend(self, amount: int) -> None:
        """Use up some.

        Raises:
            OverdrawnError: There is not as much left.
        """
        with self._lock:
            self._left -= amount
            if self._left < 0:
                raise OverdrawnError
