"""How BSON values compare, and what stands at a dotted path."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterator, Sequence
from typing import Any, Final, final

from bson import DatetimeMS, Decimal128, MaxKey, MinKey, ObjectId, Regex, Timestamp
from bson.code import Code

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
Key = tuple[Any, ...]


@final
class _Missing:
    """What stands where nothing stands."""

    def __bool__(self) -> bool:
        return False


MISSING: Final = _Missing()
NULL: Final = 1
_TYPES: tuple[tuple[type | tuple[type, ...], int, str, int], ...] = (
    # class, rank in comparisons, name and number of the type
    (bool, 8, "bool", 8),
    (MinKey, -1, "minKey", -1),
    (MaxKey, 99, "maxKey", 127),
    (float, 2, "double", 1),
    (Decimal128, 2, "decimal", 19),
    (Regex, 11, "regex", 11),
    (Code, 12, "javascript", 13),
    (str, 3, "string", 2),
    (dict, 4, "object", 3),
    (list, 5, "array", 4),
    (bytes, 6, "binData", 5),
    (ObjectId, 7, "objectId", 7),
    ((datetime.datetime, DatetimeMS), 9, "date", 9),
    (Timestamp, 10, "timestamp", 17),
)


def rank(value: Any) -> int:
    """The place of its type among the types; values of equal rank compare."""
    if value is None or value is MISSING:
        return NULL
    if isinstance(value, int) and not isinstance(value, bool):
        return 2
    return next((place for kind, place, _, _ in _TYPES if isinstance(value, kind)), 50)


def type_of(value: Any) -> tuple[str, int]:
    """Name and number of a value's type."""
    if value is None or value is MISSING:
        return ("null", 10) if value is None else ("missing", 0)
    if isinstance(value, int) and not isinstance(value, bool):
        return ("long", 18) if type(value) is not int or not -(1 << 31) <= value < 1 << 31 else ("int", 16)
    return next(((name, number) for kind, _, name, number in _TYPES if isinstance(value, kind)), ("undefined", 6))


def key(value: Any) -> Key:
    """What a value sorts by; equal keys are equal values."""
    place = rank(value)
    match value:
        case bool() | str() | bytes():
            return place, value
        case dict():
            return place, tuple((rank(v), k, key(v)) for k, v in value.items())
        case list():
            return place, tuple(key(v) for v in value)
        case int() | float() | Decimal128():
            return _number(place, value)
        case ObjectId():
            return place, value.binary
        case datetime.datetime() | DatetimeMS():
            return place, milliseconds(value)
        case Timestamp():
            return place, (value.time, value.inc)
        case Regex():
            return place, (str(value.pattern), value.flags)
    return (place,)


def _number(place: int, value: float | Decimal128) -> Key:
    plain: float | decimal.Decimal = value.to_decimal() if isinstance(value, Decimal128) else value
    not_one = plain.is_nan() if isinstance(plain, decimal.Decimal) else plain != plain  # noqa: PLR0124  what NaN is
    return (place, -1, 0) if not_one else (place, 0, plain)


def milliseconds(value: datetime.datetime | DatetimeMS) -> int:
    """A time since 1970 in UTC."""
    if isinstance(value, DatetimeMS):
        return int(value)
    aware = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    return (aware - _EPOCH) // datetime.timedelta(milliseconds=1)


def index_of(part: str) -> int | None:
    """The place in an array that a part of a path names, if it names one."""
    return int(part) if part.isascii() and part.isdigit() and len(part) < 7 else None  # noqa: PLR2004  no array is longer


def reach(value: Any, parts: Sequence[str]) -> Iterator[Any]:
    """All values at a path, through the elements of arrays on the way; `MISSING` where it leads nowhere."""
    if not parts:
        yield value
    elif isinstance(value, dict):
        yield from reach(value[parts[0]], parts[1:]) if parts[0] in value else (MISSING,)
    elif isinstance(value, list):
        number = index_of(parts[0])
        if number is not None and number < len(value):
            yield from reach(value[number], parts[1:])
        inner = [item for item in value if isinstance(item, dict)]
        for item in inner:
            yield from reach(item, parts)
        if not inner and number is None:
            yield MISSING
    else:
        yield MISSING
