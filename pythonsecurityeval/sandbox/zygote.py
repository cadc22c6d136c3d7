"""A warm, trusted process that forks others: fork-servers of candidates, or judges.

It loads libraries once, so that what it forks starts in a millisecond and
shares its memory. It never touches anything a candidate made.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from pythonsecurityeval.sandbox import rlimits
from pythonsecurityeval.sandbox.channel import Channel, Gone, close_all

_ORDERLY_S = 3.0

Operation = Callable[[dict[str, Any], list[int]], None]


def channel_of(descriptor: int) -> Channel:
    """The channel on an inherited or received descriptor."""
    return Channel(socket.socket(fileno=descriptor))


def preload(modules: Iterable[str]) -> None:
    """Import what is there; a library that is missing is the candidate's business to report."""
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:
            continue
        except Exception as error:  # noqa: BLE001 - a broken library must not stop the others
            sys.stderr.write(f"preloading {module}: {error}\n")


def freeze() -> None:
    """Keep the collector off what is loaded, so that forks go on sharing its memory."""
    gc.collect()
    gc.freeze()
    gc.disable()


def fork_to(work: Callable[[], object], fork: Callable[[], int] = os.fork) -> int:
    """Fork a child that does ``work`` and ends; the child never returns from here."""
    pid = fork()
    if pid:
        return pid
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
        code = 0
    except Gone:
        code = 0
    except Exception as error:  # noqa: BLE001 - the last frame of a process: there is nobody to raise to
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
    finally:
        os._exit(code)


def run(work: Callable[[], object]) -> None:
    """Do the whole work of a zygote: quietly where the parent is gone, with one line where this machine fails it."""
    try:
        rlimits.lift()
        _hear_signals()
        work()
    except Gone:
        return
    except Exception as error:  # noqa: BLE001 - as above
        sys.stderr.write(f"a process of the sandbox does not start: {type(error).__name__}: {error}\n")
        sys.exit(1)


def _hear_signals() -> None:
    """What whoever started us had ignored or blocked is no part of a verdict; what Python ignores stays ignored."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals() - {signal.SIGPIPE, signal.SIGXFSZ}:
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def report_ready(channel: Channel, **about: int) -> None:
    """Tell the parent that this process serves it from now on, and give it the means to end it."""
    own = os.pidfd_open(os.getpid())
    channel.send({"op": "ready", **about}, [own])
    os.close(own)


def serve(channel: Channel, operations: dict[str, Operation]) -> None:
    """Do what the parent asks until it hangs up, then end every child."""
    try:
        while True:
            reap()
            if not channel.ready(1.0):
                continue
            message, descriptors = channel.receive(30)
            try:
                operations[message["op"]](message, descriptors)
            finally:
                close_all(descriptors)
    except Gone:
        pass
    finally:
        channel.close()
        end_children()


def reap() -> None:
    """Collect the children that ended."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


def end_children() -> None:
    """Wait until every child ended: they hear the parent hang up too, and end what they started themselves."""
    end = time.monotonic() + _ORDERLY_S
    while time.monotonic() < end:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.005)
        except ChildProcessError:
            return
