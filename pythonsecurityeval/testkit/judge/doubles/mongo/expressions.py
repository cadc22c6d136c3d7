"""Expressions of aggregation: values computed from a document."""

from __future__ import annotations

import datetime
import functools
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from bson import DatetimeMS, ObjectId, Regex

from pythonsecurityeval.testkit.judge.doubles.mongo import scripts
from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MongoError
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, Document, regex_flags
from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, key, type_of
from pythonsecurityeval.testkit.judge.doubles.mongo.sorting import sliced
from pythonsecurityeval.testkit.judge.doubles.mongo.updating import in_range, now, number

_VARIABLES = "$$"


def compute(expression: Any, document: Document, context: Context, names: Mapping[str, Any] | None = None) -> Any:
    """The value of an expression; `MISSING` where it names what is not there.

    Raises:
        MongoError: It is none, or does not fit the document.
    """
    context.work.spend()
    given = names or {}
    if isinstance(expression, str) and expression.startswith("$"):
        return _named(expression, document, given)
    if isinstance(expression, list):
        return context.work.weigh([_null(compute(item, document, context, given)) for item in expression])
    if not isinstance(expression, dict):
        return expression
    operator = next(iter(expression), "")
    if not operator.startswith("$"):
        made = {name: compute(inner, document, context, given) for name, inner in expression.items()}
        return context.work.weigh({name: value for name, value in made.items() if value is not MISSING})
    if len(expression) != 1:
        raise MongoError(15983, "An object representing an expression must have exactly one field")
    return _operation(operator, expression[operator], document, context, given)


def _null(value: Any) -> Any:
    return None if value is MISSING else value


def _named(name: str, document: Document, given: Mapping[str, Any]) -> Any:
    parts = name.lstrip("$").split(".")
    if not name.startswith(_VARIABLES):
        return _at(document, parts)
    first = parts.pop(0)
    if first in {"ROOT", "CURRENT"}:
        return _at(given.get("ROOT", document), parts)
    if first == "NOW":
        return now()
    if first == "REMOVE":
        return MISSING
    if first not in given:
        raise MongoError(17276, f"Use of undefined variable: {first}")
    return _at(given[first], parts)


def _at(value: Any, parts: list[str]) -> Any:
    for number_, part in enumerate(parts):
        if isinstance(value, list):
            found = [_at(item, parts[number_:]) for item in value]
            return [item for item in found if item is not MISSING]
        value = value.get(part, MISSING) if isinstance(value, Mapping) else MISSING
    return value


def true(value: Any) -> bool:
    """Whether a value counts as true: all but false, null, nothing and zero."""
    if value is None or value is MISSING:
        return False
    return bool(value) if isinstance(value, int | float) else True


def _operation(operator: str, operand: Any, document: Document, context: Context, given: Mapping[str, Any]) -> Any:
    def value(expression: Any, **more: Any) -> Any:
        return compute(expression, document, context, {**given, **more})

    if operator == "$literal":
        return operand
    if (special := _SPECIAL.get(operator)) is not None:
        return special(operand, value, context)
    if operator == "$function":
        return _script(operand, document, context)
    arguments = [value(item) for item in operand] if isinstance(operand, list) else [value(operand)]
    function = _PLAIN.get(operator)
    if function is None:
        raise MongoError(168, f"Unrecognized expression '{operator}'")
    try:
        return context.work.weigh(function(*arguments))
    except TypeError as error:
        raise MongoError(16020, f"Expression {operator} takes other arguments") from error
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise MongoError(2, f"{operator}: {error}") from error


Valued = Callable[..., Any]


def _condition(operand: Any, value: Valued, _: Context) -> Any:
    if isinstance(operand, dict):
        operand = [operand.get(part) for part in ("if", "then", "else")]
    if not isinstance(operand, list) or len(operand) != 3:  # noqa: PLR2004  if, then, else
        raise MongoError(16020, "Expression $cond takes exactly 3 arguments")
    return value(operand[1] if true(value(operand[0])) else operand[2])


def _switch(operand: Any, value: Valued, _: Context) -> Any:
    for branch in operand["branches"] if isinstance(operand, dict) and "branches" in operand else []:
        if true(value(branch["case"])):
            return value(branch["then"])
    if not isinstance(operand, dict) or "default" not in operand:
        raise MongoError(40066, "$switch could not find a matching branch for an input, and no default was specified.")
    return value(operand["default"])


def _items(operand: Any, value: Valued) -> list[Any] | None:
    if not isinstance(operand, dict):
        raise MongoError(28646, "the expression only supports an object as its argument")
    items = value(operand.get("input"))
    if items is None or items is MISSING:
        return None
    if not isinstance(items, list):
        raise MongoError(28651, "input to the expression must be an array")
    return items


def _filter(operand: Any, value: Valued, _: Context) -> Any:
    items, name = _items(operand, value), operand.get("as", "this")
    return None if items is None else [item for item in items if true(value(operand.get("cond"), **{name: item}))]


def _map(operand: Any, value: Valued, context: Context) -> Any:
    items, name = _items(operand, value), operand.get("as", "this")
    made = None if items is None else [_null(value(operand.get("in"), **{name: item})) for item in items]
    return context.work.weigh(made)


def _let(operand: Any, value: Valued, _: Context) -> Any:
    names = operand.get("vars", {}) if isinstance(operand, dict) else {}
    return value(operand["in"], **{name: value(inner) for name, inner in names.items()})


def _regex_match(operand: Any, value: Valued, context: Context) -> Any:
    text, regex = value(operand["input"]), value(operand["regex"])
    options = str(operand.get("options", ""))
    if isinstance(regex, Regex):
        return isinstance(text, str) and context.search(str(regex.pattern), options or regex_flags(regex), text)
    return isinstance(text, str) and context.search(str(regex), options, text)


def _all_true(operand: Any, value: Valued, _: Context) -> Any:
    return all(true(value(item)) for item in (operand if isinstance(operand, list) else [operand]))


def _any_true(operand: Any, value: Valued, _: Context) -> Any:
    return any(true(value(item)) for item in (operand if isinstance(operand, list) else [operand]))


def _script(operand: Any, document: Document, context: Context) -> Any:
    body = operand.get("body", "") if isinstance(operand, dict) else ""
    context.scripted(str(body))
    try:
        found = scripts.evaluate(str(body), document, context.slept)
    except scripts.ScriptError as error:
        raise MongoError(139, str(error)) from error
    return _null(found)


def _calculated(change: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def calculate(*values: Any) -> Any:
        if any(v is None or v is MISSING for v in values):
            return None
        return in_range(functools.reduce(change, (number(v, "calculate with") for v in values)))

    return calculate


def _add(*values: Any) -> Any:
    if any(v is None or v is MISSING for v in values):
        return None
    moment = next((v for v in values if isinstance(v, datetime.datetime)), None)
    total = sum(number(v, "add") for v in values if v is not moment)
    return in_range(total) if moment is None else moment + datetime.timedelta(milliseconds=total)


def _subtract(left: Any, right: Any) -> Any:
    if left in (None, MISSING) or right in (None, MISSING):
        return None
    if isinstance(left, datetime.datetime):
        if isinstance(right, datetime.datetime):
            return (left - right) // datetime.timedelta(milliseconds=1)
        return left - datetime.timedelta(milliseconds=number(right, "subtract"))
    return in_range(number(left, "subtract from") - number(right, "subtract"))


def _text(value: Any) -> str:
    return "" if value is None or value is MISSING else value if isinstance(value, str) else _string(value)


def _string(value: Any) -> Any:
    if value is None or value is MISSING:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(timespec="milliseconds") + "Z"
    if isinstance(value, str | int | float | ObjectId):
        return str(value)
    raise MongoError(241, "Unsupported conversion to string in $convert with no onError value")


def _concat(*values: Any) -> Any:
    return None if any(v is None or v is MISSING for v in values) else "".join(map(_need_text, values))


def _need_text(value: Any) -> str:
    if not isinstance(value, str):
        raise MongoError(16702, "$concat only supports strings")
    return value


def _integer(value: Any) -> Any:
    return None if value is None or value is MISSING else in_range(int(value))


def _element(items: Any, place: Any) -> Any:
    if not isinstance(items, list):
        return None
    return items[int(place)] if -len(items) <= int(place) < len(items) else MISSING


def _joined_lists(*lists: Any) -> Any:
    return None if any(not isinstance(v, list) for v in lists) else [item for v in lists for item in v]


def _merged(*documents: Any) -> Any:
    parts = documents[0] if len(documents) == 1 and isinstance(documents[0], list) else documents
    return {k: v for part in parts if isinstance(part, dict) for k, v in part.items()}


def _size(items: Any) -> int:
    if not isinstance(items, list):
        raise MongoError(17124, "The argument to $size must be an array")
    return len(items)


def _among(values: tuple[Any, ...]) -> list[Any]:
    listed = values[0] if len(values) == 1 and isinstance(values[0], list) else list(values)
    return [v for v in listed if v is not None and v is not MISSING]


def _numbers(values: tuple[Any, ...]) -> list[int | float]:
    return [v for v in _among(values) if isinstance(v, int | float) and not isinstance(v, bool)]


def mean(values: list[int | float]) -> float | None:
    """The average; None of nothing."""
    return sum(values) / len(values) if values else None


def _date_text(operand: Any, value: Valued, _: Context) -> Any:
    moment = value(operand["date"])
    shape = str(operand.get("format", "%Y-%m-%dT%H:%M:%S.%LZ"))
    if not isinstance(moment, datetime.datetime):
        return None
    thousandths = f"{moment.microsecond // 1000:03}"
    plain = {code: moment.strftime(f"%{code}") for code in "YmdHMS"}
    codes = {**plain, "L": thousandths, "%": "%"}
    return re.sub(r"%(.)", lambda match: codes.get(match[1], ""), shape)


def _part(name: str) -> Callable[[Any], Any]:
    return lambda moment: getattr(moment, name) if isinstance(moment, datetime.datetime) else None


def _date(value: Any) -> Any:
    if isinstance(value, str):
        return datetime.datetime.fromisoformat(value).replace(tzinfo=None)
    return value if isinstance(value, datetime.datetime | DatetimeMS) else None


def _get_field(operand: Any, value: Valued, _: Context) -> Any:
    asked = operand if isinstance(operand, dict) else {"field": operand}
    found = value(asked.get("input", "$$CURRENT"))
    return found.get(value(asked.get("field")), MISSING) if isinstance(found, dict) else MISSING


def _sub(text: Any, start: int, length: int) -> str:
    return _text(text)[start:] if length < 0 else _text(text)[start : start + length]


def _to_document(items: Any) -> Any:
    pairs = [(i["k"], i["v"]) if isinstance(i, dict) else tuple(i) for i in items]
    return {str(k): v for k, v in pairs}


_SPECIAL: dict[str, Callable[[Any, Valued, Context], Any]] = {
    "$cond": _condition,
    "$switch": _switch,
    "$filter": _filter,
    "$map": _map,
    "$let": _let,
    "$and": _all_true,
    "$or": _any_true,
    "$regexMatch": _regex_match,
    "$dateToString": _date_text,
    "$getField": _get_field,
}
_PLAIN: dict[str, Callable[..., Any]] = {
    "$add": _add,
    "$subtract": _subtract,
    "$multiply": _calculated(lambda a, b: a * b),
    "$divide": _calculated(lambda a, b: a / b),
    "$mod": _calculated(math.fmod),
    "$abs": lambda v: v if v in (None, MISSING) else abs(number(v, "take $abs of")),
    "$ceil": lambda v: v if v in (None, MISSING) else math.ceil(number(v, "take $ceil of")),
    "$floor": lambda v: v if v in (None, MISSING) else math.floor(number(v, "take $floor of")),
    "$round": lambda v, n=0: v if v in (None, MISSING) else round(number(v, "take $round of"), n),
    "$eq": lambda a, b: key(a) == key(b),
    "$ne": lambda a, b: key(a) != key(b),
    "$gt": lambda a, b: key(a) > key(b),
    "$gte": lambda a, b: key(a) >= key(b),
    "$lt": lambda a, b: key(a) < key(b),
    "$lte": lambda a, b: key(a) <= key(b),
    "$cmp": lambda a, b: (key(a) > key(b)) - (key(a) < key(b)),
    "$not": lambda v: not true(v),
    "$ifNull": lambda *values: next((v for v in values if v is not None and v is not MISSING), _null(values[-1])),
    "$concat": _concat,
    "$toLower": lambda v: _text(v).lower(),
    "$toUpper": lambda v: _text(v).upper(),
    "$substr": _sub,
    "$substrBytes": _sub,
    "$substrCP": _sub,
    "$strLenCP": lambda v: len(_need_text(v)),
    "$strcasecmp": lambda a, b: (_text(a).lower() > _text(b).lower()) - (_text(a).lower() < _text(b).lower()),
    "$indexOfCP": lambda text, part: _text(text).find(_text(part)),
    "$split": lambda text, by: None if not isinstance(text, str) else text.split(by),
    "$trim": lambda v: _text(v.get("input")).strip(v.get("chars")),
    "$type": lambda v: type_of(v)[0],
    "$isArray": lambda v: isinstance(v, list),
    "$isNumber": lambda v: isinstance(v, int | float) and not isinstance(v, bool),
    "$toString": _string,
    "$toInt": _integer,
    "$toLong": _integer,
    "$toDouble": lambda v: None if v in (None, MISSING) else float(v),
    "$toBool": lambda v: None if v in (None, MISSING) else true(v),
    "$toDate": _date,
    "$toObjectId": lambda v: None if v in (None, MISSING) else ObjectId(v),
    "$in": lambda item, items: key(item) in {key(i) for i in items},
    "$size": _size,
    "$arrayElemAt": _element,
    "$first": lambda items: _element(items, 0),
    "$last": lambda items: _element(items, -1),
    "$concatArrays": _joined_lists,
    "$reverseArray": lambda items: items[::-1] if isinstance(items, list) else None,
    "$slice": lambda items, *size: sliced(items, list(size)) if isinstance(items, list) else None,
    "$mergeObjects": _merged,
    "$objectToArray": lambda v: [{"k": k, "v": inner} for k, inner in v.items()] if isinstance(v, dict) else None,
    "$arrayToObject": _to_document,
    "$sum": lambda *values: in_range(sum(_numbers(values))),
    "$avg": lambda *values: mean(_numbers(values)),
    "$min": lambda *values: min(_among(values), key=key, default=None),
    "$max": lambda *values: max(_among(values), key=key, default=None),
    "$year": _part("year"),
    "$month": _part("month"),
    "$dayOfMonth": _part("day"),
    "$hour": _part("hour"),
    "$minute": _part("minute"),
    "$second": _part("second"),
    "$dayOfWeek": lambda v: v.isoweekday() % 7 + 1 if isinstance(v, datetime.datetime) else None,
}
