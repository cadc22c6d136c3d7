"""Time, as long as the judge says that a server stalls: everything that waits then runs a thousand times faster.

Scaling always would be wrong: an honest TLS handshake of some milliseconds
would count as seconds. So time is real until a connection is answered with
"this one stalls", and what was set before then keeps its remaining span.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable

_FAST = 1000.0
_real = time.monotonic


class Clock:
    """How fast waiting goes, and the continuous clocks that result from it."""

    def __init__(self) -> None:
        self.scale = 1.0
        self._since = 0.0
        self._gained = 0.0
        self.at_hurry: Callable[[], None] = lambda: None

    def hurry(self) -> None:
        """A server stalls: let time-outs run out at once."""
        if self.scale == 1.0:
            self._since, self.scale = _real(), _FAST
            self.at_hurry()
            alarm, interval = signal.getitimer(signal.ITIMER_REAL)
            if alarm:
                signal.setitimer(signal.ITIMER_REAL, alarm / _FAST, interval / _FAST)

    def reset(self) -> None:
        """Real time again; what was gained stays, so that no clock runs backwards."""
        self._gained = self.gained()
        self.scale = 1.0

    def gained(self) -> float:
        """Seconds by which the hurried clocks are ahead of the real ones."""
        return self._gained + ((_real() - self._since) * (self.scale - 1) if self.scale != 1.0 else 0.0)

    def shorten(self, seconds: float | None) -> float | None:
        """The real span of a time-out."""
        return seconds / self.scale if seconds and seconds > 0 else seconds


CLOCK = Clock()
