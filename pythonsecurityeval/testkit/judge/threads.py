"""Threads that serve a candidate: small, counted, and waited for at its end."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, final

_STACK_BYTES = 1 << 20  # the usual 8 MB each would let a candidate fill the address space; half of this has sufficed
_STACK = threading.Lock()


@final
class Threads:
    """The threads of one candidate's streams."""

    def __init__(self) -> None:
        self._running: set[threading.Thread] = set()
        self._lock = threading.Lock()

    def start(self, work: Callable[..., object], *args: Any) -> None:
        """Run ``work`` in a thread of its own.

        Raises:
            RuntimeError: There is no room for one.
        """
        thread = threading.Thread(target=work, args=args, daemon=True)
        with self._lock, _small():
            thread.start()
            self._running = {other for other in self._running if other.is_alive()} | {thread}

    def join(self, seconds: float) -> bool:
        """Wait for all of them; whether they have ended."""
        end = time.monotonic() + seconds
        for thread in self._living():
            thread.join(max(0.0, end - time.monotonic()))
        return not self._living()

    def _living(self) -> list[threading.Thread]:
        with self._lock:
            self._running = {thread for thread in self._running if thread.is_alive()}
            return list(self._running)


@contextlib.contextmanager
def _small() -> Iterator[None]:
    """Threads started in this block get a small stack; the size is the whole process' setting."""
    with _STACK:
        before = threading.stack_size(_STACK_BYTES)
        try:
            yield
        finally:
            threading.stack_size(before)
