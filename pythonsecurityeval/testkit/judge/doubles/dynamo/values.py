"""Attribute values: what they are to Python, how they compare, and what stands at a path of an item."""

from __future__ import annotations

import base64
import decimal
from typing import Any, Final

Value = dict[str, Any]
Item = dict[str, Value]
Path = list[str | int]
_TYPES: Final = {"S", "N", "B", "BOOL", "NULL", "M", "L", "SS", "NS", "BS"}
_MOST_DEPTH: Final = 32
_LONGEST_NUMBER: Final = 60


class DynamoError(Exception):
    """An operation fails.

    Args:
        kind: The service's name for it.
        message: The service's words.
        more: More fields of the answer.
    """

    def __init__(self, kind: str, message: str, **more: Any) -> None:
        self.kind = kind
        self.message = message[:1000]
        self.more = more
        super().__init__(kind, message)


def invalid(message: str) -> DynamoError:
    """An operation that makes no sense."""
    return DynamoError("ValidationException", message)


def checked(value: Any, depth: int = 0) -> Value:
    """A value of the wire, once it is one.

    Raises:
        DynamoError: It is none.
    """
    if not isinstance(value, dict) or len(value) != 1 or depth > _MOST_DEPTH:
        raise invalid("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    ((kind, content),) = value.items()
    inner = content.values() if kind == "M" and isinstance(content, dict) else content if kind == "L" else ()
    if kind not in _TYPES or (kind in {"S", "N", "B"} and not isinstance(content, str)):
        raise invalid("Supplied AttributeValue has no type that is known")
    if kind == "N":
        number(content)
    for item in inner:
        checked(item, depth + 1)
    return value


def number(text: Any) -> decimal.Decimal:
    """A number of the wire.

    Raises:
        DynamoError: It is none.
    """
    try:
        if len(str(text)) <= _LONGEST_NUMBER and (found := decimal.Decimal(str(text))).is_finite():
            return found
    except decimal.InvalidOperation:
        pass
    raise invalid("A value provided cannot be converted into a number")


def plain(value: Value) -> Any:
    """A value as Python has it; numbers are `int` where they are whole, else `Decimal`."""
    ((kind, content),) = value.items()
    match kind:
        case "N":
            found = number(content)
            return (
                int(found) if found == found.to_integral_value() and abs(found.adjusted()) < _LONGEST_NUMBER else found
            )
        case "B":
            return base64.b64decode(content)
        case "M":
            return {name: plain(inner) for name, inner in content.items()}
        case "L":
            return [plain(inner) for inner in content]
        case "SS":
            return set(content)
        case "NS":
            return {plain({"N": text}) for text in content}
        case "BS":
            return {base64.b64decode(text) for text in content}
        case "NULL":
            return None
    return content


def typed(value: Any) -> Value:
    """A value of Python as the wire has it.

    Raises:
        DynamoError: There is no form for it.
    """
    if value is None or isinstance(value, bool):
        return {"NULL": True} if value is None else {"BOOL": value}
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, int | float | decimal.Decimal):
        return {"N": str(value)}
    if isinstance(value, bytes):
        return {"B": base64.b64encode(value).decode()}
    if isinstance(value, list | tuple):
        return {"L": [typed(inner) for inner in value]}
    if isinstance(value, dict):
        return {"M": {str(name): typed(inner) for name, inner in value.items()}}
    if isinstance(value, set | frozenset) and value:
        kind = "SS" if isinstance(next(iter(value)), str) else "NS"
        return {kind: sorted(str(inner) for inner in value)}
    raise invalid(f"no form for a {type(value).__name__}")


def sortable(value: Value | None) -> tuple[str, Any]:
    """What a value compares by: its type, then its content; only text, numbers and bytes have an order."""
    if value is None:
        return "", ""
    ((kind, content),) = value.items()
    if kind == "N":
        return kind, number(content)
    return (kind, sorted(content)) if kind in {"SS", "NS", "BS"} else (kind, content)


def at(item: Item, path: Path) -> Value | None:
    """The value at a path, if there is one."""
    found: Any = {"M": item}
    for part in path:
        holder = found.get("M") if isinstance(part, str) else found.get("L")
        if isinstance(part, str):
            found = holder.get(part) if isinstance(holder, dict) else None
        else:
            found = holder[part] if isinstance(holder, list) and part < len(holder) else None
        if found is None:
            return None
    value: Value = found
    return value


def put(item: Item, path: Path, value: Value | None) -> None:
    """Change or, with None, remove the value at a path, in place.

    Raises:
        DynamoError: The path leads nowhere.
    """
    holder: Any = at(item, path[:-1]) if len(path) > 1 else {"M": item}
    inner = (holder or {}).get("M" if isinstance(path[-1], str) else "L")
    if inner is None:
        raise invalid("The document path provided in the update expression is invalid for update")
    last: Any = path[-1]
    if isinstance(inner, dict):
        inner.pop(last, None)
        if value is not None:
            inner[last] = value
    elif value is None:
        del inner[last : last + 1]
    elif last < len(inner):
        inner[last] = value
    else:
        inner.append(value)
