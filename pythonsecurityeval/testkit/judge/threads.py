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

    def start(self, work: Callable[..., object], *args: Any) -> None:
        """Run ``work`` in a thread of its own.

        Raises:
            RuntimeError: There is no room for one.
        """
        thread = threading.Thread(target=self._run, args=(work, *args), daemon=True)
        self._running.add(thread)
        try:
            with _small():
                thread.start()
        except BaseException:
            self._running.discard(thread)
            raise

    def join(self, seconds: float) -> bool:
        """Wait for all of them; whether they have ended."""
        end = time.monotonic() + seconds
        for thread in list(self._running):
            if thread is not threading.current_thread():
                thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in list(self._running))

    def _run(self, work: Callable[..., object], *args: Any) -> None:
        try:
            work(*args)
        finally:
            self._running.discard(threading.current_thread())


@contextlib.contextmanager
def _small() -> Iterator[None]:
    """Threads started in this block get a small stack; the size is the whole process' setting."""
    with _STACK:
        before = threading.stack_size(_STACK_BYTES)
        try:
            yield
        finally:
            threading.stack_size(before)
