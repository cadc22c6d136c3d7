"""What candidates can reach: everything these use comes by keyword, which cannot be exchanged unnoticed."""

# ruff: noqa: D103 - their names say which method they stand in for; `guards` says what for

from __future__ import annotations

import sys
import types
from typing import Any


def bound(holder: Any, name: str, *, _audit: Any = sys.audit, _getattr: Any = getattr) -> Any:
    _audit("pse.bound", holder, name)
    return _getattr(holder, name)


def compared(kind: str, left: Any, right: Any, *, _audit: Any = sys.audit) -> Any:
    box: list[Any] = []
    _audit("pse.why", box)
    reason = box.pop()(left, right)
    if reason:
        _audit("pse.forged", reason)
    if kind == "Eq":
        result = left == right
    elif kind == "NotEq":
        result = left != right
    elif kind == "In":
        result = left in right
    elif kind == "NotIn":
        result = left not in right
    elif kind == "Lt":
        result = left < right
    elif kind == "LtE":
        result = left <= right
    elif kind == "Gt":
        result = left > right
    else:
        result = left >= right
    _audit("pse.asserted")
    return result


def asserted(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    result = _method(self, *args, **kwargs)
    _audit("pse.asserted")
    return result


def asserted_values(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    box: list[Any] = []
    _audit("pse.why", box)
    reason = box.pop()(*args[:2])
    if reason:
        _audit("pse.forged", reason)
    result = _method(self, *args, **kwargs)
    _audit("pse.asserted")
    return result


def asserted_class(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    result = _method(self, *args, **kwargs)
    _audit("pse.class", *args[:2])
    _audit("pse.asserted")
    return result


def asserted_record(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    box: list[Any] = []
    _audit("pse.why", box)
    why = box.pop()
    for one in (*self.mock_calls, *self.call_args_list) if self.call_count else ():
        reason = why((args, kwargs), (one[-2], one[-1]))
        if reason:
            _audit("pse.forged", reason)
    result = _method(self, *args, **kwargs)
    _audit("pse.asserted")
    return result


def awaited(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    result = _method(self, *args, **kwargs)
    _audit("pse.asserted")
    return result


def reset(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    _audit("pse.resetting")
    result = _method(self, *args, **kwargs)
    _audit("pse.reset")
    return result


def make(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> None:
    _method(self, *args, **kwargs)
    _audit("pse.made", self)


def count(self: Any, /, *args: Any, _audit: Any = sys.audit, _method: Any = None, **kwargs: Any) -> Any:
    _audit("pse.calling", self)
    result = _method(self, *args, **kwargs)
    _audit("pse.called", self)
    return result


def load(
    spec: Any, *args: Any, _audit: Any = sys.audit, _method: Any = None, _str: Any = str.__str__,
    _spec: Any = types.SimpleNamespace,
) -> Any:  # fmt: skip
    plain = _spec(name=_str(spec.name), origin=_str(spec.origin))
    _audit("pse.load", plain.name)
    return _method(plain, *args)


def set_signal(signalnum: int, handler: Any, *, _audit: Any = sys.audit) -> Any:
    box = [signalnum, handler]
    _audit("pse.signal", box)
    return box[0]


def reach(self: Any, name: str, *, _audit: Any = sys.audit, _get: Any = types.ModuleType.__getattribute__) -> Any:
    box = [_get(self, "__name__"), name]
    _audit("pse.reach", box)
    return box[0]
