"""Sorting, and which fields of a document are shown."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, Document, is_operators, matches
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, Key, key, reach


def in_order(documents: Iterable[Any], order: Mapping[str, Any]) -> list[Any]:
    """Documents sorted by fields, each upwards (1) or downwards (-1).

    Raises:
        MongoError: It is no order.
    """
    found = list(documents)
    for name, direction in reversed(list(order.items())):
        if isinstance(direction, bool) or direction not in {1, -1}:
            raise MongoError(2, "$sort key ordering must be 1 (for ascending) or -1 (for descending)")
        found.sort(key=functools.partial(_sort_key, name.split("."), direction == -1), reverse=direction == -1)
    return found


def _sort_key(parts: list[str], down: bool, document: Any) -> Key:  # noqa: FBT001  called in one place
    """Of an array, the least or greatest element counts."""
    values = [item for leaf in reach(document, parts) for item in (leaf if isinstance(leaf, list) and leaf else [leaf])]
    return (max if down else min)(key(value) for value in values)


def projected(document: Document, projection: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """The fields of a document that a projection shows.

    Raises:
        MongoError: It is no projection.
    """
    context.work.spend(len(projection))
    fields = {k: v for k, v in projection.items() if not _trims(v)}
    for name in fields:
        if name.startswith("$") or not name:
            raise MongoError(16410, "FieldPath field names may not start with '$'")
    hidden = [name for name, shown in fields.items() if _is_no(shown)]
    if not hidden or (hidden == ["_id"] and len(fields) > 1):
        if fields or any("$elemMatch" in v for v in projection.values() if isinstance(v, dict)):
            result = _shown(document, fields, context)
        else:
            result = dict(document)
    elif all(_is_no(shown) for name, shown in fields.items() if name != "_id"):
        result = dict(document)
        for name in hidden:
            result = _without(result, name.split("."))
    else:
        raise MongoError(31253, "Cannot do inclusion in exclusion projection")
    _trim(document, result, projection, context)
    return result


def _is_no(value: Any) -> bool:
    return isinstance(value, bool | int | float) and not value


def _trims(value: Any) -> bool:
    return isinstance(value, dict) and bool({"$slice", "$elemMatch"} & value.keys()) and len(value) == 1


def _shown(document: Document, fields: Mapping[str, Any], context: Context) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if "_id" in document and not _is_no(fields.get("_id", 1)):
        result["_id"] = document["_id"]
    plain = [n for n, v in fields.items() if n != "_id" and isinstance(v, bool | int | float)]
    for name in sorted(
        plain, key=lambda n: list(document).index(n.split(".")[0]) if n.split(".")[0] in document else 0
    ):
        _merge(result, _only(document, name.split(".")))
    for name, value in fields.items():
        if isinstance(value, bool | int | float):
            continue
        computed = context.computed(value, document, context)
        if computed is not MISSING:
            _place(result, name.split("."), computed)
    return result


def _place(result: dict[str, Any], parts: list[str], value: Any) -> None:
    for part in parts[:-1]:
        inner = result.get(part)
        result[part] = result = dict(inner) if isinstance(inner, dict) else {}
    result[parts[-1]] = value


def _only(value: Any, parts: list[str]) -> Any:
    if not parts:
        return value
    if isinstance(value, list):
        return [_only(item, parts) for item in value if isinstance(item, dict | list)]
    if not isinstance(value, Mapping):
        return MISSING
    inner = _only(value[parts[0]], parts[1:]) if parts[0] in value else MISSING
    return {} if inner is MISSING else {parts[0]: inner}


def _merge(result: dict[str, Any], more: dict[str, Any]) -> None:
    for name, value in more.items():
        old = result.get(name)
        if isinstance(old, dict) and isinstance(value, dict):
            result[name] = dict(old)
            _merge(result[name], value)
        elif isinstance(old, list) and isinstance(value, list) and len(old) == len(value):
            both = zip(old, value, strict=True)
            result[name] = [{**o, **v} if isinstance(o, dict) and isinstance(v, dict) else v for o, v in both]
        else:
            result[name] = value


def _without(value: Any, parts: list[str]) -> Any:
    if isinstance(value, list):
        return [_without(item, parts) for item in value]
    if not isinstance(value, Mapping) or parts[0] not in value:
        return value
    if len(parts) == 1:
        return {k: v for k, v in value.items() if k != parts[0]}
    return {k: _without(v, parts[1:]) if k == parts[0] else v for k, v in value.items()}


def _trim(document: Document, result: dict[str, Any], projection: Mapping[str, Any], context: Context) -> None:
    """Do ``$slice`` and ``$elemMatch``, which show parts of arrays."""
    for name, value in projection.items():
        items = document.get(name) if _trims(value) else None
        if not isinstance(items, list):
            continue
        if "$slice" in value:
            result[name] = sliced(items, value["$slice"])
            continue
        query = value["$elemMatch"]
        wrapped = {"v": query} if is_operators(query) else {f"v.{k}": v for k, v in query.items()}
        first = next((item for item in items if matches({"v": item}, wrapped, context)), MISSING)
        if first is not MISSING:
            result[name] = [first]


def sliced(items: list[Any], size: Any) -> list[Any]:
    """The first, the last, or some elements in between.

    Raises:
        MongoError: It is no size.
    """
    sizes = size if isinstance(size, list) else [size]
    if not all(isinstance(n, int) for n in sizes) or len(sizes) not in {1, 2}:
        raise MongoError(28724, "$slice needs one or two numbers")
    if len(sizes) == 1:
        return items[: sizes[0]] if sizes[0] >= 0 else items[sizes[0] :]
    start = sizes[0] if sizes[0] >= 0 else max(0, len(items) + sizes[0])
    return items[start : start + max(0, sizes[1])]
