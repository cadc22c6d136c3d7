"""Updates: what they make of a document."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from bson import Decimal128, Timestamp

from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, Document, is_operators, matches
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, key
from pythonsecurityeval.testkit.judge.doubles.mongo.paths import change

_INT64 = 1 << 63


def updated(
    document: Document,
    update: Document,
    context: Context,
    *,
    query: Document,
    filters: list[Document],
    inserts: bool = False,
) -> dict[str, Any]:
    """A new document: the given one with an update done.

    Args:
        document: The old one.
        update: Operators, or a whole new document.
        context: What the command needs.
        query: What found the document; ``$`` in a path is the element that it found.
        filters: What ``$[name]`` in a path stands for.
        inserts: Whether the document is being made (`$setOnInsert`).

    Raises:
        MongoError: It is no update, or does not fit the document.
    """
    if not is_operators(update):
        return _replaced(document, update)
    context.work.weigh(document)
    new: dict[str, Any] = copy.deepcopy(dict(document))
    for operator, fields in update.items():
        if operator == "$setOnInsert" and not inserts:
            continue
        if not isinstance(fields, dict):
            raise MongoError(9, f"Modifiers operate on fields but we found type for {operator}")
        for path, operand in fields.items():
            for parts in _places(new, path.split("."), query, filters, context):
                context.work.spend(len(parts))
                _apply(new, operator, parts, operand, context)
    if "_id" in document and key(new.get("_id")) != key(document["_id"]):
        raise MongoError(66, "Performing an update on the path '_id' would modify the immutable field '_id'")
    context.work.weigh(new)
    return new


def _replaced(document: Document, update: Document) -> dict[str, Any]:
    if any(name.startswith("$") for name in update):
        raise MongoError(52, "The dollar ($) prefixed field is not allowed in the context of an update's replacement")
    if "_id" in update and "_id" in document and key(update["_id"]) != key(document["_id"]):
        raise MongoError(66, "the (immutable) field '_id' was found to have been altered")
    identity = {"_id": document["_id"]} if "_id" in document else {}
    return {**identity, **copy.deepcopy(dict(update))}


def _places(
    document: Any, parts: list[str], query: Document, filters: list[Document], context: Context
) -> Iterator[list[str]]:
    """The paths that a path with ``$``, ``$[]`` or ``$[name]`` stands for."""
    number = next((n for n, part in enumerate(parts) if part.startswith("$")), None)
    if number is None:
        yield parts
        return
    holder = document
    for part in parts[:number]:
        holder = holder.get(part) if isinstance(holder, dict) else None
    if not isinstance(holder, list):
        raise MongoError(2, "The positional operator did not find the match needed from the query.")
    context.work.spend(len(holder))
    for index in _indexes(holder, parts, number, query, filters, context):
        yield from _places(document, [*parts[:number], str(index), *parts[number + 1 :]], query, filters, context)


def _indexes(
    items: list[Any], parts: list[str], number: int, query: Document, filters: list[Document], context: Context
) -> Iterator[int]:
    mark, path = parts[number], ".".join(parts[:number])
    if mark == "$[]":
        yield from range(len(items))
    elif mark == "$":
        yield _first(items, path, query, context)
    else:
        name = mark[2:-1]
        wanted = [f for f in filters if all(k == name or k.startswith(f"{name}.") for k in f)]
        if not wanted:
            raise MongoError(2, f"No array filter found for identifier '{name}' in path '{path}'")
        for index, item in enumerate(items):
            if all(matches({name: item}, one, context) for one in wanted):
                yield index


def _first(items: list[Any], path: str, query: Document, context: Context) -> int:
    """The first element that a query asks for."""
    asked: dict[str, Any] = {}
    for name, wanted in query.items():
        if name == path:
            wanted_one = wanted.get("$elemMatch", wanted) if isinstance(wanted, dict) else wanted
            inner = isinstance(wanted_one, dict) and wanted_one is not wanted and not is_operators(wanted_one)
            asked |= {f"v.{k}": v for k, v in wanted_one.items()} if inner else {"v": wanted_one}
        elif name.startswith(f"{path}."):
            asked["v" + name[len(path) :]] = wanted
    if asked:
        for index, item in enumerate(items):
            if matches({"v": item}, asked, context):
                return index
    raise MongoError(2, "The positional operator did not find the match needed from the query.")


def _apply(document: dict[str, Any], operator: str, parts: list[str], operand: Any, context: Context) -> None:
    if operator == "$rename":
        _rename(document, parts, operand)
        return
    make = _CHANGES.get(operator)
    if make is None:
        raise MongoError(9, f"Unknown modifier: {operator}. Expected a valid update modifier")
    builds = operator not in {"$unset", "$pop", "$pull", "$pullAll"}
    change(document, parts, lambda old: make(old, operand, context), make=builds)


def _rename(document: dict[str, Any], parts: list[str], target: Any) -> None:
    if not isinstance(target, str) or not target:
        raise MongoError(2, "The 'to' field for $rename must be a string")
    moved: list[Any] = []

    def take(old: Any) -> Any:
        moved.append(old)
        return MISSING

    change(document, parts, take, make=False)
    if moved and moved[0] is not MISSING:
        change(document, target.split("."), lambda _: moved[0])


def number(value: object, what: str) -> int | float:
    """A value that one can calculate with.

    Raises:
        MongoError: It is none.
    """
    if isinstance(value, Decimal128):
        return float(value.to_decimal())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise MongoError(14, f"Cannot {what} a value of non-numeric type")


def in_range(value: float) -> int | float:
    """A result as BSON can hold it; what is too large an integer becomes a double.

    Raises:
        MongoError: Not even that can hold it.
    """
    if isinstance(value, int) and not -_INT64 <= value < _INT64:
        try:
            return float(value)
        except OverflowError as error:
            raise MongoError(15, "the number is too large") from error
    return value


def _added(old: Any, operand: Any, _: Context) -> Any:
    step = number(operand, "increment with")
    return step if old is MISSING else in_range(number(old, "apply $inc to") + step)


def _multiplied(old: Any, operand: Any, _: Context) -> Any:
    factor = number(operand, "multiply with")
    return 0 if old is MISSING else in_range(number(old, "apply $mul to") * factor)


def _better(sign: int) -> Callable[[Any, Any, Context], Any]:
    def change_to(old: Any, operand: Any, _: Context) -> Any:
        if old is MISSING:
            return operand
        return operand if (key(operand) > key(old) if sign > 0 else key(operand) < key(old)) else old

    return change_to


def now() -> datetime.datetime:
    """This moment, in UTC and without a zone, as the driver has times."""
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def _date(_: Any, operand: Any, __: Context) -> Any:
    stamp = isinstance(operand, Mapping) and operand.get("$type") == "timestamp"
    return Timestamp(int(datetime.datetime.now(datetime.UTC).timestamp()), 1) if stamp else now()


def _array(old: Any, operator: str) -> list[Any]:
    if old is MISSING:
        return []
    if not isinstance(old, list):
        raise MongoError(2, f"The field must be an array to apply {operator}")
    return list(old)


def _pushed(old: Any, operand: Any, context: Context) -> Any:
    items = _array(old, "$push")
    if not (isinstance(operand, dict) and "$each" in operand):
        return [*items, operand]
    each = operand["$each"]
    if not isinstance(each, list):
        raise MongoError(2, "The argument to $each in $push must be an array")
    at = operand.get("$position", len(items))
    items[at:at] = each
    context.work.spend(len(items))
    order = operand.get("$sort")
    if isinstance(order, dict):
        from pythonsecurityeval.testkit.judge.doubles.mongo.sorting import in_order  # noqa: PLC0415  it stands above

        items = in_order(items, order)
    elif order in {1, -1}:
        items.sort(key=key, reverse=order == -1)
    if isinstance(size := operand.get("$slice"), int):
        items = items[:size] if size >= 0 else items[size:]
    return items


def _added_to_set(old: Any, operand: Any, context: Context) -> Any:
    items = _array(old, "$addToSet")
    each = operand["$each"] if isinstance(operand, dict) and isinstance(operand.get("$each"), list) else [operand]
    context.work.spend(len(items) + len(each))
    keys = {key(item) for item in items}
    for item in each:
        if key(item) not in keys:
            keys.add(key(item))
            items.append(item)
    return items


def _popped(old: Any, operand: Any, _: Context) -> Any:
    if old is MISSING:
        return old
    items = _array(old, "$pop")
    return items[1:] if operand == -1 else items[:-1]


def _pulled(old: Any, operand: Any, context: Context) -> Any:
    if old is MISSING:
        return old

    def goes(item: Any) -> bool:
        if isinstance(operand, dict) and not is_operators(operand):
            return isinstance(item, dict) and matches(item, operand, context)
        return matches({"v": item}, {"v": operand}, context)

    return [item for item in _array(old, "$pull") if not goes(item)]


def _pulled_all(old: Any, operand: Any, context: Context) -> Any:
    if old is MISSING or not isinstance(operand, list):
        return old
    context.work.spend(len(operand))
    keys = {key(item) for item in operand}
    return [item for item in _array(old, "$pullAll") if key(item) not in keys]


_CHANGES: dict[str, Callable[[Any, Any, Context], Any]] = {
    "$set": lambda _, operand, __: copy.deepcopy(operand),
    "$setOnInsert": lambda _, operand, __: copy.deepcopy(operand),
    "$unset": lambda *_: MISSING,
    "$inc": _added,
    "$mul": _multiplied,
    "$min": _better(-1),
    "$max": _better(1),
    "$currentDate": _date,
    "$push": _pushed,
    "$addToSet": _added_to_set,
    "$pop": _popped,
    "$pull": _pulled,
    "$pullAll": _pulled_all,
}
