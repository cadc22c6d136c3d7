"""The candidate's side of the wire: loads the solution and does what the judge asks.

All of it runs in the untrusted process; nothing it answers is believed.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import inspect
import os
import signal
import socket
import sys
import threading
import types
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pythonsecurityeval.testkit.inside import drivers, faults, intact, library, terminal, values, wire
from pythonsecurityeval.testkit.inside.clock import CLOCK
from pythonsecurityeval.testkit.inside.line import JUDGE, Line

SOLUTION = "solution.py"
_MOST_TEXT = 20_000


class Agent:
    """One candidate's process, in which the seams are installed.

    Args:
        ctl: The inherited socket over which new streams are handed to the judge.

    Attributes:
        loggers: Those of every candidate's process, looked up before it was forked.
    """

    loggers: terminal.Loggers | None = None

    def __init__(self, ctl: socket.socket) -> None:
        self.values = values.Values(self._call_back, self._give)
        self.pid = os.getpid()
        JUDGE.line, JUDGE.pid, JUDGE.record = Line(ctl, self.values), self.pid, self._record
        self._module = types.ModuleType("solution")
        self._sources: dict[tuple[str, str], Any] = {}
        self._entered = contextlib.ExitStack()
        self._runner: asyncio.Runner | None = None
        self._terminal = terminal.Terminal()
        self._loggers = self.loggers or terminal.Loggers()
        self._environ = dict(os.environ)
        self._has_loaded = False
        self._picture: intact.Picture | None = None
        self._requests: dict[str, Callable[..., Any]] = {
            "trust": self.trust,
            "load": self.load,
            "call": self.call,
            "get": self.get,
            "keep": values.Kept,
            "start": self.start,
            "main": self.main,
            "io": lambda *around: self._terminal.set_up(*around),
            "inside": self.inside,
            "enter": self.enter,
            "leave": self.leave,
            "picture": self.picture,
            "changed": lambda: self._picture.changed() if self._picture else [],
        }

    def serve(self, rpc: socket.socket) -> None:
        """Answer the judge until it hangs up."""
        while True:
            try:
                message = wire.receive(rpc)
            except (wire.Closed, OSError):
                return
            frame = self.answer(message)
            if os.getpid() != self.pid:  # a fork of the candidate came home: it has nothing to say here
                os._exit(0)
            rpc.sendall(frame)

    def answer(self, message: dict[str, Any]) -> bytes:
        """The frame that answers ``message``, whatever happens."""
        value: Any = None
        reply: dict[str, Any]
        try:
            args = [self.values.dec(arg) for arg in message["a"]]
        except BaseException as error:
            faults.note(error)
            reply = {"e": describe(error)}
        else:
            try:
                value = self._requests[message["q"]](*args)
                reply = {"r": self.values.result(value)}
            except BaseException as error:
                reply = {"e": describe(error)}
        reply |= {"i": message["i"], **self._terminal.take()}
        if faults.noted:
            reply["b"] = "; ".join(faults.noted)[:_MOST_TEXT]
            faults.noted.clear()
        try:
            return wire.pack(reply)
        except (wire.Unsendable, RecursionError, ValueError):
            return wire.pack({"i": message["i"], "r": self.values.handle(value)})

    def trust(self, ca_pem: str) -> None:
        """Trust a root that signs the doubles' certificates."""
        JUDGE.ca_pem = ca_pem

    def picture(self) -> None:
        """Remember, before any code of the solution ran, what starts programs."""
        self._picture = intact.Picture()

    def load(self, source: str, folder: str) -> None:
        """Make a fresh module of the solution, in a fresh folder and without traces of the test before."""
        self._reset()
        os.chdir(folder)
        self._terminal = terminal.Terminal()
        self._terminal.install()
        drivers.install(source)
        self._module = self._fresh("solution")
        if "django" in source:
            library.django_ready(folder)
        exec(self._compiled(source), self._module.__dict__)

    def call(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Call a function of the solution; a coroutine is awaited."""
        return self._settled(getattr(self._module, name)(*args, **kwargs))

    def get(self, name: str) -> Any:
        """A value of the solution's module."""
        return getattr(self._module, name)

    def start(self, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """Call a function of the solution in a thread that nobody waits for."""
        function = getattr(self._module, name)

        def run() -> None:
            result = function(*args, **kwargs)
            if inspect.iscoroutine(result):
                asyncio.run(result)

        threading.Thread(target=run, daemon=True).start()

    def main(self, args: Sequence[Any]) -> Any:
        """Run the solution as a program: its ``main`` if it has one, else the file as ``__main__``."""
        function = getattr(self._module, "main", None)
        try:
            if callable(function):
                return self._settled(function(*args))
            source = next(text for (text, name) in self._sources if name == SOLUTION)
            exec(self._compiled(source), self._fresh("__main__").__dict__)
        except SystemExit as end:
            return end.code if isinstance(end.code, int) else int(end.code is not None)
        return 0

    def inside(self, source: str, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        """Call a function of the kit's library, or of a test whose ``source`` is sent."""
        return self._settled(self._give(source, name, args, kwargs))

    def enter(self, given: Any) -> Any:
        """Enter a context manager until `leave`."""
        return self._entered.enter_context(given)

    def leave(self) -> None:
        """Leave what was entered last, and all else that was entered."""
        entered, self._entered = self._entered, contextlib.ExitStack()
        entered.close()

    def _call_back(self, number: int, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return JUDGE.line.ask("callback", number, args, kwargs)

    def _give(self, source: str, name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        if not source:
            return library.FUNCTIONS[name](*args, **kwargs)
        space = self._sources.get((source, name))
        if space is None:
            drivers.install(source)  # a solution that is handed a connection names no driver
            space = self._sources[source, name] = {"__name__": "inside"}
            exec(compile(source, "<inside>", "exec", dont_inherit=True), space)
        space["solution"] = self._module
        return space[name](*args, **kwargs)

    def _compiled(self, source: str) -> types.CodeType:
        code: types.CodeType | None = self._sources.get((source, SOLUTION))
        if code is None:
            self._sources = {key: value for key, value in self._sources.items() if key[1] != SOLUTION}
            code = compile(source, SOLUTION, "exec", dont_inherit=True)
            self._sources[source, SOLUTION] = code
        return code

    def _fresh(self, name: str) -> types.ModuleType:
        module = types.ModuleType(name)
        module.__file__ = str(Path.cwd() / SOLUTION)
        sys.modules[name] = module
        return module

    def _settled(self, result: Any) -> Any:
        if not inspect.iscoroutine(result):
            return result
        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(result)

    def _record(self, level: str, message: str) -> None:
        self._terminal.record(level, message)

    def _reset(self) -> None:
        with contextlib.suppress(BaseException):  # what the last test left entered is no concern of this one
            self.leave()
        if self._runner:
            with contextlib.suppress(BaseException):
                self._runner.close()
            self._runner = None
        self.values.handles.clear()
        faults.noted.clear()
        CLOCK.reset()
        signal.setitimer(signal.ITIMER_REAL, 0)
        socket.setdefaulttimeout(None)
        os.umask(0o022)
        sys.setrecursionlimit(1000)
        warnings.resetwarnings()
        for kind in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
            warnings.simplefilter("ignore", kind)
        if self._has_loaded:
            self._loggers.restore()
        self._has_loaded = True
        if dict(os.environ) != self._environ:
            os.environ.clear()
            os.environ.update(self._environ)


def describe(error: BaseException) -> dict[str, Any]:
    """What the judge is told of an exception; each part is only a claim."""
    try:
        text = str(error)
    except BaseException:
        text = ""
    told: dict[str, Any] = {"mro": [values.qualified(kind) for kind in type(error).__mro__[:-1]][:64]}
    told["s"] = str.__str__(text)[:_MOST_TEXT]
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == SOLUTION:
            told["n"] = step.tb_lineno
        step = step.tb_next
    if isinstance(error, SyntaxError) and isinstance(error.lineno, int):
        told["n"] = error.lineno
    if isinstance(error, ModuleNotFoundError) and _not_installed(error.name):
        told["m"] = True
    return told


def _not_installed(name: Any) -> bool:
    try:
        return isinstance(name, str) and importlib.util.find_spec(name.partition(".")[0]) is None
    except (ImportError, ValueError):
        return False


def serve(rpc: socket.socket, ctl: socket.socket, scratch: str) -> None:
    """Serve one judge; returns when it hangs up.

    Args:
        rpc: Stream on which the judge asks.
        ctl: SEQPACKET socket over which new streams are handed to the judge.
        scratch: The candidate's folder, which becomes the working directory.
    """
    os.chdir(scratch)
    Agent(ctl).serve(rpc)
