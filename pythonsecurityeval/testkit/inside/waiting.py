"""What waits in this process runs by `clock.CLOCK`: fast as soon as a server stalls, else in real time."""

from __future__ import annotations

import _socket
import asyncio
import select
import selectors
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

from pythonsecurityeval.testkit.inside.clock import CLOCK
from pythonsecurityeval.testkit.inside.faults import replace


def install() -> None:
    """Cut sleeps, selectors, conditions, default time-outs and the clock of asyncio."""
    replace(time, sleep=_shortened(time.sleep, 0))
    replace(select, select=_shortened(select.select, 3))
    replace(threading.Condition, wait=_shortened(threading.Condition.wait, 1))
    for kind in (selectors.EpollSelector, selectors.PollSelector, selectors.SelectSelector):
        replace(kind, select=_shortened(kind.select, 1))
    replace(asyncio.BaseEventLoop, time=lambda _self: time.monotonic() + CLOCK.gained())
    real_set, real_get = _socket.setdefaulttimeout, _socket.getdefaulttimeout
    CLOCK.at_hurry = lambda: real_set(CLOCK.shorten(real_get()))
    replace(socket, setdefaulttimeout=lambda value: real_set(CLOCK.shorten(value)))
    replace(socket, getdefaulttimeout=lambda: (real_get() or 0) * CLOCK.scale or real_get())


def _shortened(real: Callable[..., Any], place: int) -> Callable[..., Any]:
    """``real`` with its argument ``timeout``, the one at ``place``, in real seconds."""

    def wait(*args: Any, **kwargs: Any) -> Any:
        if CLOCK.scale != 1.0:
            args = tuple(_short(arg) if i == place else arg for i, arg in enumerate(args))
            kwargs = {name: _short(arg) if name == "timeout" else arg for name, arg in kwargs.items()}
        return real(*args, **kwargs)

    return wait


def _short(seconds: Any) -> Any:
    return CLOCK.shorten(seconds) if isinstance(seconds, int | float) else seconds
