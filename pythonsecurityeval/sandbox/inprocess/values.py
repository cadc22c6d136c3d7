"""Whether a value compares honestly: a wrong answer must not pass because it says itself that it is right."""

from __future__ import annotations

import builtins
import sysconfig
import types
from collections.abc import Iterator
from typing import Any
from unittest import mock

# Functions made from here on look up built-ins where a candidate cannot put others.
globals()["__builtins__"] = dict(vars(builtins))

_PLAIN = (int, float, complex, bool, str, bytes, bytearray, type(None), range, types.FunctionType, type)
_CONTAINERS = (list, tuple, set, frozenset, dict)
_CALL = type(mock.call)
_OPERATORS = (
    "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__contains__", "__sub__", "__rsub__",
    "__round__", "__abs__", "__class__", "__getattribute__",
)  # fmt: skip
_DEEPEST, _MOST = 8, 20_000


def trusted_places() -> tuple[str, ...]:
    """Beginnings of the file names of code that is not the candidate's; the first two are the standard library's."""
    paths = sysconfig.get_paths()
    package = __file__.rpartition("/sandbox/")[0]
    roots = (paths["stdlib"], paths["platstdlib"], paths["purelib"], paths["platlib"], package)
    return (*(f"{root}/" for root in roots), "<frozen ")


class Sentinel:
    """Equal to nothing but itself; whoever equals it equals everything."""

    __slots__ = ()


def every_class() -> Iterator[type]:
    """All classes there are, as far as `object` knows them."""
    pending: list[type] = [object]
    seen: set[int] = set()
    while pending:
        one = pending.pop()
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            pending += type.__subclasses__(one)


_known: dict[int, type] = {}


def remember() -> None:
    """Take note of all classes there are; done before forking, as it looks at thousands."""
    # Kept alive here, so that no later class gets the address of an earlier one.
    _known.update((id(one), one) for one in every_class())


class Judge:
    """Says of compared values whether their comparison can be believed.

    Args:
        places: Beginnings of trusted files' names.
        any_is_fine: Whether the test itself uses `mock.ANY`.
    """

    def __init__(self, places: tuple[str, ...], *, any_is_fine: bool) -> None:
        self._places = places
        self._any_is_fine = any_is_fine
        self._sentinel = Sentinel()

    def why(self, *values: object) -> str:
        """Why a comparison of the values cannot be believed; empty if it can."""
        kinds: list[set[int]] = []
        for value in values:
            found = list(_leaves(value))
            kinds.append({id(type(leaf)) for leaf in found if self._is_made_here(type(leaf))})
            if any(self._equals_everything(leaf) for leaf in found):
                return "gives a value that is equal to everything"
        if any(kinds) and any(kind != kinds[0] for kind in kinds):
            return "gives a value that compares by operators of its own with a plain one"
        return ""

    def _is_made_here(self, kind: type) -> bool:
        """Whether the candidate's code made the class or the operators that it compares by."""
        for one in type.mro(kind):
            if id(one) in _known or mock.NonCallableMock in type.mro(one)[1:]:  # each mock has a class of its own
                continue
            space = type.__dict__["__dict__"].__get__(one)
            if any(name in space and not self._is_trusted(space[name], one) for name in _OPERATORS):
                return True
        return False

    def _is_trusted(self, function: object, owner: type) -> bool:
        if not isinstance(function, types.FunctionType):
            return function is None  # ``__eq__ = None``: not comparable
        code = function.__code__
        return code.co_filename.startswith(self._places) and code.co_qualname.startswith(owner.__qualname__)

    def _equals_everything(self, value: Any) -> bool:
        if type(value) is type(mock.ANY):
            return not self._any_is_fine
        if mock.NonCallableMock in type.mro(type(value)):
            return _is_told_to_be_equal(value)
        try:
            return (value == self._sentinel) is True or (value != self._sentinel) is False
        except Exception:  # noqa: BLE001 - whatever a candidate's operator raises
            return False


def _leaves(value: object) -> Iterator[object]:
    """What is compared: the value and all in it, plain things left out."""
    pending = [(value, 0)]
    count = 0
    while pending and count < _MOST:
        one, depth = pending.pop()
        count += 1
        kind = type(one)
        if kind not in _PLAIN and kind not in _CONTAINERS:
            yield one
        if depth < _DEEPEST and (kind in _CONTAINERS or isinstance(one, _CALL)):
            inner: Any = one
            items = (*inner, *inner.values()) if kind is dict else tuple(inner)
            pending += [(item, depth + 1) for item in items]


def _is_told_to_be_equal(value: Any) -> bool:
    """Whether somebody set what a mock's ``==`` answers; asking the mock itself would be recorded."""
    own = type.__dict__["__dict__"].__get__(type(value)).get("__eq__")
    if own is None or isinstance(own, mock.MagicProxy):
        return False
    if not isinstance(own, mock.NonCallableMock):
        return True
    space = object.__getattribute__(own, "__dict__")
    effect = space.get("_mock_side_effect")
    is_default = effect is None or getattr(effect, "__module__", "") == mock.__name__
    return not is_default or space.get("_mock_return_value") is not mock.DEFAULT


def real_class(value: Any, kind: Any) -> bool:
    """Whether ``value`` is an instance of ``kind`` also without what it says of itself."""
    return isinstance(value, mock.NonCallableMock) or not isinstance(kind, type) or kind in type.mro(type(value))
