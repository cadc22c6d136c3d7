"""Strict JSON ⇄ values: an unknown key, a missing key or a wrong type is an error that names its JSON path."""

from __future__ import annotations

import dataclasses
import enum
import functools
import json
import math
import types
import typing
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from pythonsecurityeval.errors import DecodeError
from pythonsecurityeval.types import (
    CaseResult,
    Execution,
    Extraction,
    FunctionalStatus,
    Scanned,
    ScanResult,
    SecurityStatus,
    TaskResult,
    Unscannable,
    Usage,
    functional_status,
    security_status,
)

T = TypeVar("T")

_JSON_NAMES: dict[type, str] = {
    str: "a string",
    int: "an integer",
    float: "a number",
    bool: "true or false",
    list: "an array",
    dict: "an object",
    type(None): "null",
}

_LARGEST = 1 << 1000  # an integer beyond has no float


def dumps(value: Any) -> str:
    """One line of compact ASCII JSON with sorted keys: the same value gives the same bytes.

    ASCII, as texts of strangers may hold half of a surrogate pair, which no UTF-8 has, or what steers the
    terminal that a file is shown on.

    Raises:
        ValueError: NaN or an infinity, which JSON does not have.
    """
    return json.dumps(value, allow_nan=False, sort_keys=True, separators=(",", ":"))


def encode(value: Any) -> Any:
    """A value as plain JSON data: dataclasses become objects, tuples arrays, enums their value."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    if isinstance(value, Mapping):
        return {key: encode(item) for key, item in value.items()}
    return value


def decode(cls: type[T], data: Any, path: str = "$") -> T:
    """Plain JSON data as a value of ``cls``.

    Raises:
        DecodeError: The data does not have the shape of ``cls``.
    """
    return cast("T", _decode(cls, data, path))


def _decode(hint: Any, data: Any, path: str) -> Any:
    origin = typing.get_origin(hint)
    if hint is Any:
        return data
    if origin is typing.Literal:
        return _one_of(typing.get_args(hint), data, path)
    if origin is typing.Union or origin is types.UnionType:
        return _union(typing.get_args(hint), data, path)
    if origin is tuple:
        return _tuple(typing.get_args(hint), data, path)
    if origin is not None and issubclass(origin, Mapping):
        _, inner = typing.get_args(hint)
        return {key: _decode(inner, item, f"{path}.{key}") for key, item in _expect(dict, data, path).items()}
    if dataclasses.is_dataclass(hint):
        return _dataclass(cast("type", hint), data, path)
    if issubclass(hint, enum.Enum):
        return hint(_one_of(tuple(member.value for member in hint), data, path))
    return _expect(hint, data, path)


def _expect(cls: type, data: Any, path: str) -> Any:
    if cls is float and type(data) is int:
        data = float(data) if abs(data) < _LARGEST else math.inf
    if isinstance(data, float) and not math.isfinite(data):
        raise DecodeError(path, "expected a finite number")
    if type(data) is not cls:
        found = _JSON_NAMES.get(type(data), type(data).__name__)
        raise DecodeError(path, f"expected {_JSON_NAMES[cls]}, found {found}")
    return data


def _one_of(allowed: tuple[Any, ...], data: Any, path: str) -> Any:
    if data not in allowed or isinstance(data, bool):
        raise DecodeError(path, f"expected one of {', '.join(map(str, allowed))}; found {data!r:.80}")
    return data


def _union(options: tuple[Any, ...], data: Any, path: str) -> Any:
    if data is None and type(None) in options:
        return None
    (option,) = (option for option in options if option is not type(None))  # unions of values have a row of their own
    return _decode(option, data, path)


def _tuple(args: tuple[Any, ...], data: Any, path: str) -> tuple[Any, ...]:
    items = _expect(list, data, path)
    hints = args[:1] * len(items) if args[1:] == (Ellipsis,) else args
    if len(hints) != len(items):
        raise DecodeError(path, f"expected {len(hints)} items, found {len(items)}")
    return tuple(_decode(hint, item, f"{path}[{i}]") for i, (hint, item) in enumerate(zip(hints, items, strict=True)))


@functools.cache
def _fields(cls: type) -> tuple[dict[str, Any], frozenset[str]]:
    """Type hints by field name, and the names that have no default."""
    hints = typing.get_type_hints(cls)
    missing = dataclasses.MISSING
    required = {f.name for f in dataclasses.fields(cls) if f.default is missing and f.default_factory is missing}
    return {field.name: hints[field.name] for field in dataclasses.fields(cls)}, frozenset(required)


def _dataclass(cls: type, data: Any, path: str) -> Any:
    row = _expect(dict, data, path)
    hints, required = _fields(cls)
    if unknown := sorted(row.keys() - hints.keys()):
        raise DecodeError(path, f"unknown key {unknown[0]!r}; known: {', '.join(hints)}")
    if absent := sorted(required - row.keys()):
        raise DecodeError(path, f"missing key {absent[0]!r}")
    return cls(**{key: _decode(hints[key], item, f"{path}.{key}") for key, item in row.items()})


# ---- a row of results.jsonl: flatter than the values, as the contract shows it to users


def result_row(result: TaskResult) -> dict[str, Any]:
    """A result as a row of ``results.jsonl`` (contract, *Results*)."""
    scan, execution = result.scan, result.execution
    return {
        "task_id": result.task_id,
        "sample_index": result.sample_index,
        "code_sha256": result.code_sha256,
        "extraction": result.extraction.value,
        "scan": scan_row(scan),
        "functional": {"status": execution.functional, "tests": _case_rows(execution.functional_tests)},
        "security": {"status": execution.security, "tests": _case_rows(execution.security_tests)},
        **encode(execution.usage),
    }


def result_from_row(row: Any) -> TaskResult:
    """The result that `result_row` wrote.

    Raises:
        DecodeError: The row does not have the documented shape.
    """
    head = ("task_id", "sample_index", "code_sha256", "extraction", "scan", "functional", "security")
    usage = tuple(field.name for field in dataclasses.fields(Usage))
    _exact_keys(row, head + usage, "$")
    functional, functional_tests = _suite(row["functional"], FunctionalStatus, "$.functional")
    security, security_tests = _suite(row["security"], SecurityStatus, "$.security")
    for path, status, best, found in (
        ("$.functional", functional, "passed", functional_status(functional_tests)),
        ("$.security", security, "withstood", security_status(security_tests)),
    ):
        if status == best != found:
            raise DecodeError(f"{path}.status", f"{status!r} contradicts the tests")
    return TaskResult(
        task_id=_expect(str, row["task_id"], "$.task_id"),
        sample_index=_expect(int, row["sample_index"], "$.sample_index"),
        code_sha256=_expect(str, row["code_sha256"], "$.code_sha256"),
        extraction=_decode(Extraction, row["extraction"], "$.extraction"),
        scan=_scan(row["scan"], "$.scan"),
        execution=Execution(
            functional=functional,
            functional_tests=functional_tests,
            security=security,
            security_tests=security_tests,
            usage=_decode(Usage, {key: row[key] for key in usage}, "$"),
        ),
    )


def _case_rows(cases: tuple[CaseResult, ...]) -> dict[str, Any]:
    return {case.name: {key: item for key, item in encode(case).items() if key != "name"} for case in cases}


def _suite(row: Any, statuses: Any, path: str) -> tuple[Any, tuple[CaseResult, ...]]:
    _exact_keys(row, ("status", "tests"), path)
    tests = _expect(dict, row["tests"], f"{path}.tests")
    cases = (
        _decode(CaseResult, {**_expect(dict, case, f"{path}.tests.{name}"), "name": name}, f"{path}.tests.{name}")
        for name, case in tests.items()
    )
    return _decode(statuses, row["status"], f"{path}.status"), tuple(cases)


def scan_row(scan: ScanResult) -> dict[str, Any]:
    """A scan as it stands in a row: the status first, and an (empty) list of findings in any case."""
    return {"status": scan.status, "findings": [], **encode(scan)}


def _scan(row: Any, path: str) -> ScanResult:
    plain = dict(_expect(dict, row, path))
    if plain.get("status") in {"unscannable", "no_code"}:
        plain.pop("findings", None)
        return decode(Unscannable, plain, path)
    status = _one_of(("clean", "flagged"), plain.pop("status", None), f"{path}.status")
    scan = decode(Scanned, plain, path)
    if scan.status != status:
        raise DecodeError(f"{path}.status", f"{status!r} contradicts the findings")
    return scan


def _exact_keys(row: Any, keys: tuple[str, ...], path: str) -> None:
    known = _expect(dict, row, path).keys()
    if unknown := sorted(known - set(keys)):
        raise DecodeError(path, f"unknown key {unknown[0]!r}; known: {', '.join(keys)}")
    if absent := sorted(set(keys) - known):
        raise DecodeError(path, f"missing key {absent[0]!r}")
