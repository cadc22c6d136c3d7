"""Inside: builds a test, lets the solution in, runs the test, and tells how it went.

Whatever is said here before the solution is loaded is true. What is said later
goes through the monitor, and the parent decides what to make of it.
"""

from __future__ import annotations

import ast
import builtins
import functools
import importlib.util
import socket
import sys
import types
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pythonsecurityeval.sandbox.channel import Channel
from pythonsecurityeval.sandbox.inprocess import guards, monitor, names, rewrite, values

# Functions made from here on look up built-ins where a candidate cannot put others.
globals()["__builtins__"] = dict(vars(builtins))

SOLUTION = "solution"
_LONGEST = 300
_PACKAGE = __name__.partition(".")[0]


def warm_up() -> None:
    """Do what takes long and is the same for all, before forking."""
    values.remember()
    guards.remember()
    rewrite.plan(names.read("import unittest\nclass A(unittest.TestCase):\n    def test_a(self): assert a == 1\n"))


def serve(order: socket.socket, evidence: socket.socket) -> None:
    """Do one thing for the parent: describe a test file, or run one of its tests.

    Args:
        order: Where the parent says what to do.
        evidence: Where the monitor reports.
    """
    channel = Channel(order)
    message, _ = channel.receive()
    try:
        reading = names.read(message["source"])
        plan = rewrite.plan(reading)
    except (SyntaxError, ValueError, RecursionError) as error:
        channel.send({"unfit": f"{type(error).__name__}: {error}"[:_LONGEST]})
        return
    if "test" not in message:
        channel.send({"tests": plan.tests, "missing": reading.missing, "modules": reading.modules})
        return
    _Trial(reading, plan, message["test"]).run(channel, evidence, bytes.fromhex(message["key"]))


class _Trial:
    """One test, in a process of its own."""

    def __init__(self, reading: names.Reading, plan: rewrite.Plan, test: str) -> None:
        self._plan = plan
        self._test = test
        self._module = _module(reading)
        self._places = values.trusted_places()
        any_is_fine = any(isinstance(node, ast.Name) and node.id == "ANY" for node in ast.walk(reading.tree))
        self._why = values.Judge((*self._places, rewrite.FILE), any_is_fine=any_is_fine).why
        self._guards = guards.Guards(self._why, frozenset(_patched_builtins(reading.tree)))
        self._space: dict[str, Any] = {"__name__": SOLUTION, "__file__": "unit_test.py", "__builtins__": builtins}
        self._free = reading.free

    def run(self, channel: Channel, evidence: socket.socket, key: bytes) -> None:
        """Build the test, say so, and only then take the solution and let it in."""
        given = self._guards.raise_up()
        self._space |= {
            rewrite.BOUND: given["bound"],
            rewrite.COMPARED: given["compared"],
            rewrite.STEP: functools.partial(sys.audit, "pse.step"),
        }
        self._space[rewrite.SOLUTION] = self._module
        try:
            exec(self._plan.early, self._space)  # noqa: S102 - the corpus' own text
        except BaseException as error:  # noqa: BLE001 - of any file
            channel.send({"unfit": _text(error), "missing": _is_missing(error)})
            return
        channel.send({"built": True})
        message, _ = channel.receive()
        self._guards.close(self._space)
        monitor.install(
            evidence.fileno(), key, [*self._guards.codes, _say.__code__],
            [*_codes(self._plan.early), *_codes(self._plan.late)], self._guards, self._places,
        )  # fmt: skip
        watch = self._guards.watch_file
        del self._guards, self._why, key, given
        _forget()
        _say("begun")
        _say("end", *self._attempt(message["code"], watch))

    def _attempt(self, code: str, watch: Any) -> tuple[str, str]:
        """Outcome and message."""
        try:
            exec(compile(code, f"{SOLUTION}.py", "exec", dont_inherit=True), self._module.__dict__)  # noqa: S102
            for name in self._free:
                if name in self._module.__dict__:
                    self._space[name] = self._module.__dict__[name]
            exec(self._plan.late, self._space)  # noqa: S102 - the corpus' own text
            watch(self._space)
            self._run_test()
        except BaseException as error:  # noqa: BLE001 - whatever a candidate raises
            return _outcome(error), _text(error)
        return "passed", ""

    def _run_test(self) -> None:
        name, _, method = self._test.partition(".")
        kind = self._space[name]
        if not issubclass(kind, unittest.TestCase):
            raise TypeError(f"{name} is not a TestCase")
        for prepare in (self._space.get("setUpModule"), kind.setUpClass):
            if prepare is not None:
                prepare()
        kind(method).debug()
        for tidy in (kind.tearDownClass, kind.doClassCleanups, self._space.get("tearDownModule")):
            if tidy is not None:
                tidy()


def _module(reading: names.Reading) -> types.ModuleType:
    """The module that the solution will be, under every name that the test file has for it."""
    module = types.ModuleType(SOLUTION)
    module.__dict__["__builtins__"] = builtins  # and not ours
    module.__file__ = str(Path.cwd() / f"{SOLUTION}.py")
    for name in {SOLUTION, "__main__", *reading.modules}:
        parts = name.split(".")
        for length in range(1, len(parts) + 1):
            sys.modules[".".join(parts[:length])] = module
            if length < len(parts):
                setattr(module, parts[length], module)
    return module


def _patched_builtins(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "builtins" in node.value:
            yield node.value.rpartition(".")[2]
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in {"builtins", "__builtins__"}:
            yield node.attr
        elif isinstance(node, ast.Call) and len(node.args) > 1 and "builtins" in ast.unparse(node.args[0]):
            name = node.args[1]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _forget() -> None:
    """Leave no way to us in the list of modules."""
    for name in [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]:
        del sys.modules[name]


def _say(*words: str) -> None:
    sys.audit("pse.say", *words)


def _outcome(error: BaseException) -> str:
    kinds = type.mro(type(error))
    if _is_missing(error):
        return "missing_library"
    if MemoryError in kinds:
        return "out_of_memory"
    return "failed" if AssertionError in kinds or unittest.SkipTest in kinds else "error"


def _is_missing(error: BaseException) -> bool:
    if ModuleNotFoundError not in type.mro(type(error)):
        return False
    name = getattr(error, "name", None)
    if type(name) is not str or name.partition(".")[0] in sys.modules:
        return False
    try:
        return importlib.util.find_spec(name.partition(".")[0]) is None
    except BaseException:  # noqa: BLE001 - a candidate may have put its own finders in place
        return False


def _text(error: BaseException) -> str:
    try:
        text = str.__str__(str(error))
    except BaseException:  # noqa: BLE001 - whatever a candidate's exception does
        text = ""
    name = "skipped" if unittest.SkipTest in type.mro(type(error)) else type.__dict__["__name__"].__get__(type(error))
    return f"{name}: {text}".partition("\n")[0][:_LONGEST]
