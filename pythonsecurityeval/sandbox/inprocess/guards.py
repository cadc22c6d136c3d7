"""What makes `unittest` and its mocks hard to bend: guarded assertions, records kept twice, classes that stay.

A candidate can reach every function it finds on a class, and from there its
globals and what it closes over. So the functions put there have neither: they
only raise audit events, and `Guards` answers from behind the monitor.
"""

from __future__ import annotations

import builtins
import ctypes
import inspect
import signal
import sys
import types
import unittest
from collections.abc import Callable
from typing import Any, Final
from unittest import mock

from pythonsecurityeval.sandbox.inprocess import reachable, values
from pythonsecurityeval.sandbox.inprocess.monitor import MEMORY
from pythonsecurityeval.sandbox.inprocess.rewrite import FILE

# Functions made from here on look up built-ins where a candidate cannot put others.
globals()["__builtins__"] = dict(vars(builtins))

_FLAGS_AT: Final = 168
_IMMUTABLE: Final = 1 << 8
_HEAP: Final = 1 << 9
_COUNTS = ("_mock_called", "_mock_call_count")
_LISTS = ("_mock_call_args_list", "_mock_mock_calls", "mock_calls", "_mock_method_calls", "method_calls")
#: Assertions that look at values with operators of theirs.
_COMPARING = frozenset({
    "Equal", "NotEqual", "AlmostEqual", "NotAlmostEqual", "In", "NotIn", "Less", "LessEqual", "Greater", "GreaterEqual",
    "CountEqual", "SequenceEqual", "ListEqual", "TupleEqual", "SetEqual", "DictEqual", "MultiLineEqual", "Equals",
    "DictContainsSubset",
})  # fmt: skip
_GUARDED = ("unittest", "unittest.case", "unittest.mock", "unittest.util", "unittest.async_case")
_REWRITTEN = "changes what a mock recorded"
_CHANGES_BY_ITSELF = frozenset({"_abc_impl", "__warningregistry__", "__abstractmethods__"})

Why = Callable[..., str]


#: Where a module that reaches memory is found in another one: that one's globals, the name there, and its own name.
_reached: list[tuple[dict[str, Any], str, str]] = []


def remember() -> None:
    """Take note of who imported modules that reach memory; done before forking, as it looks at everything."""
    _reached.clear()
    for module in list(sys.modules.values()):
        if isinstance(module, types.ModuleType) and not module.__name__.startswith("pythonsecurityeval"):
            found = [(key, value) for key, value in vars(module).items() if isinstance(value, types.ModuleType)]
            _reached.extend((vars(module), key, v.__name__) for key, v in found if v.__name__ in MEMORY)


class Guards:
    """The guarded world of one test.

    Args:
        why: See `values.Judge.why`.
        patched: Names of built-ins that the test itself replaces.

    Attributes:
        codes: The code of the functions that may speak to the monitor.
        memory: The modules that reach memory, by name; a candidate finds stand-ins.
    """

    def __init__(self, why: Why, patched: frozenset[str]) -> None:
        self.codes: list[types.CodeType] = []
        self.memory: dict[str, dict[str, Any]] = {}
        self._why = why
        self._patched = patched
        self._records: dict[int, tuple[Any, tuple[Any, ...]]] = {}
        self._spaces: list[tuple[str, dict[str, Any], dict[str, Any]]] = []
        self._answers: dict[str, Callable[..., str | None]] = {
            "pse.why": self._why_of,
            "pse.bound": self._bound,
            "pse.calling": self._calling,
            "pse.called": self._called,
            "pse.made": self._made,
            "pse.reset": self._reset,
            "pse.class": self._of_class,
        }

    def raise_up(self) -> dict[str, Any]:
        """Put everything into its place; what a marked test file is to find in its globals."""
        self._guard_assertions()
        self._guard_mocks()
        self._guard_memory()
        signal.signal = sys.modules["_signal"].signal = self._alone(reachable.set_signal)  # type: ignore[attr-defined]
        return {"bound": self._alone(reachable.bound), "compared": self._alone(reachable.compared)}

    def close(self, space: dict[str, Any]) -> None:
        """From now on nothing may change: of `unittest`, of the built-ins, of what the test file made so far.

        Args:
            space: The test file's globals.
        """
        mock.mock_open()  # fills in what it needs at its first use
        for name in _GUARDED:
            if name in sys.modules:
                self._watch(name, vars(sys.modules[name]))
        self._watch("builtins", vars(builtins))
        for one in {id(one): one for name, _, _ in self._spaces for one in vars(sys.modules[name]).values()}.values():
            if isinstance(one, type) and _flags(one) & _HEAP and str(one.__module__).startswith("unittest"):
                self._watch(f"class {one.__name__}", _of_class(one))
                freeze(one)
        self.watch_file(space)

    def watch_file(self, space: dict[str, Any]) -> None:
        """From now on no function of the test file may change; what its set-up stores may."""
        kept = {key: value for key, value in space.items() if isinstance(value, type | types.FunctionType)}
        self._watch("the test file", space, kept)
        for one in kept.values():
            inner = _of_class(one) if isinstance(one, type) else {}
            functions = {key: value for key, value in inner.items() if _is_of_file(value)}
            self._watch(f"class {one.__name__}", inner, functions)

    def changed(self) -> str:
        """What was changed that must not be; empty if nothing was."""
        for name, space, before in self._spaces:
            for key, value in before.items():
                if space.get(key) is not value and key not in _CHANGES_BY_ITSELF:
                    if name == "builtins" and key in self._patched:
                        continue
                    return f"changes {key} of {name}"
        return next((_REWRITTEN for one, record in self._records.values() if not _is_as_recorded(one, record)), "")

    def answer(self, event: str, args: tuple[Any, ...]) -> str:
        """What one of the functions put in place asks; a reason to convict, or nothing."""
        reason: str | None = self._answers[event](*args)
        return reason or ""

    def _why_of(self, box: list[Why]) -> None:
        box.append(self._why)

    @staticmethod
    def _bound(holder: Any, name: str) -> str:
        kinds = type.mro(type(holder))
        known = mock.NonCallableMock in kinds or unittest.TestCase in kinds
        return f"puts its own {name} in place" if known and name in _space(holder) else ""

    def _calling(self, called: Any) -> str:
        entries = (self._records.get(id(one)) for one in _family(called))
        return "" if all(entry is None or _is_as_recorded(*entry) for entry in entries) else _REWRITTEN

    def _called(self, called: Any) -> None:
        for one in _family(called):
            self._records[id(one)] = (one, _record(one))

    def _made(self, made: Any) -> None:
        self._records[id(made)] = (made, ())

    def _reset(self) -> None:
        self._records = {number: (one, record and _record(one)) for number, (one, record) in self._records.items()}

    @staticmethod
    def _of_class(value: Any, kind: Any) -> str:
        return "" if values.real_class(value, kind) else "gives a value that claims to be of another class"

    def _watch(self, name: str, space: Any, before: dict[str, Any] | None = None) -> None:
        self._spaces.append((name, space, dict(space) if before is None else before))

    def _alone(self, template: types.FunctionType | Callable[..., Any], **given: Any) -> Any:
        """A function without globals or built-ins: nothing it uses can be exchanged."""
        code: types.CodeType = template.__code__
        made = types.FunctionType(code, {"__builtins__": {}}, code.co_name)
        made.__kwdefaults__ = {**(template.__kwdefaults__ or {}), **given}
        self.codes.append(code)
        return made

    def _guard_assertions(self) -> None:
        for name in dir(unittest.TestCase):
            method = getattr(unittest.TestCase, name)
            if not isinstance(method, types.FunctionType) or not name.startswith("assert"):
                continue
            template = reachable.asserted_class if name == "assertIsInstance" else reachable.asserted
            template = reachable.asserted_values if name.removeprefix("assert") in _COMPARING else template
            setattr(unittest.TestCase, name, self._alone(template, _method=method))

    def _guard_mocks(self) -> None:
        for owner in (mock.NonCallableMock, mock.AsyncMockMixin):
            for name, method in list(vars(owner).items()):
                if name.startswith("assert_"):
                    template = reachable.awaited if method.__code__.co_flags & 0x80 else reachable.asserted_record
                    setattr(owner, name, self._alone(template, _method=method))
        base: Any = mock.NonCallableMock
        reset = base.reset_mock
        base.reset_mock = self._alone(reachable.reset, _method=reset)
        made = base.__init__
        base.__init__ = self._alone(reachable.make, _method=made)
        callable_mock: Any = mock.CallableMixin
        callable_mock._increment_mock_call = self._alone(reachable.count, _method=callable_mock._increment_mock_call)  # noqa: SLF001

    def _guard_memory(self) -> None:
        kind = type("module", (types.ModuleType,), {"__getattribute__": self._alone(reachable.reach), "__slots__": ()})
        for name in MEMORY:
            if name in sys.modules:
                self.memory[name] = dict(vars(sys.modules[name]))
                sys.modules[name] = kind(name)
        loader: Any = sys.modules["_imp"]
        loader.create_dynamic = self._alone(reachable.load, _method=loader.create_dynamic)
        for space, key, name in _reached:
            space[key] = sys.modules[name]


def freeze(kind: type) -> None:
    """Make a class immutable, as built-in ones are.

    Raises:
        RuntimeError: This interpreter lays out classes in another way.
    """
    flags = ctypes.c_ulong.from_address(id(kind) + _FLAGS_AT)
    if flags.value != _flags(kind):
        raise RuntimeError("this interpreter's classes cannot be made immutable")
    flags.value |= _IMMUTABLE


def _is_of_file(value: Any) -> bool:
    return isinstance(value, types.FunctionType) and inspect.unwrap(value).__code__.co_filename == FILE


def _flags(kind: type) -> int:
    return int(type.__dict__["__flags__"].__get__(kind))


def _of_class(kind: type) -> Any:
    return type.__dict__["__dict__"].__get__(kind)


def _space(one: Any) -> Any:
    return object.__getattribute__(one, "__dict__")


def _family(one: Any) -> list[Any]:
    """A mock and those that record its calls too."""
    family: list[Any] = []
    while one is not None and len(family) < 50:  # noqa: PLR2004 - deeper than any chain of attributes
        family.append(one)
        space = _space(one)
        one = space.get("_mock_parent") if space.get("_mock_new_parent") is None else space.get("_mock_new_parent")
    return family


def _record(one: Any) -> tuple[Any, ...]:
    """What a mock recorded, by identity."""
    space = _space(one)
    counts = tuple(space.get(name) for name in _COUNTS)
    lists = (space.get(name) for name in _LISTS)
    kept = tuple(tuple(map(id, list.__iter__(found))) for found in lists if isinstance(found, list))
    return (*counts, id(space.get("_mock_call_args")), *kept)


def _is_as_recorded(one: Any, record: tuple[Any, ...]) -> bool:
    """Whether nobody but the mock itself wrote what it recorded; a mock without a record was not called."""
    space = _space(one)
    if not record:
        return not any(space.get(name) for name in _COUNTS) and space.get("_mock_call_args") is None
    return _record(one) == record
