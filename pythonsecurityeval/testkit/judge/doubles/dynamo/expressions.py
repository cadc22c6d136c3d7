"""Expressions of conditions, keys, projections and updates, and the WHERE of PartiQL."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pythonsecurityeval.testkit.judge.doubles.dynamo.values import (
    Item,
    Path,
    Value,
    at,
    invalid,
    number,
    put,
    sortable,
    typed,
)

_TOKEN: Final = re.compile(
    r"""\s+|(?P<text>'(?:[^']|'')*')|(?P<quoted>"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)
    |(?P<name>[#:]?[A-Za-z_][\w-]*)|(?P<sign><>|!=|<=|>=|[=<>()\[\],.+?*-])""",
    re.VERBOSE,
)
_LONGEST: Final = 4096 * 4
_MOST_DEPTH: Final = 60
_COMPARE: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
}
Condition = Callable[[Item], bool]
Operand = Callable[[Item], Value | None]


@dataclass
class Words:
    """The tokens of one expression, and what its placeholders stand for.

    Attributes:
        text: The expression.
        names: What ``#name`` stands for.
        values: What ``:value`` stands for.
        parameters: What each ``?`` of PartiQL stands for, in order; None where there is no PartiQL.
    """

    text: str
    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    parameters: list[Value] | None = None

    def __post_init__(self) -> None:
        if len(self.text) > _LONGEST:
            raise invalid("Expression size has exceeded the maximum allowed size")
        self.tokens: list[tuple[str, str]] = []
        self.at = self.depth = 0
        place = 0
        while place < len(self.text):
            if self.parameters is not None and self.text.startswith("--", place):
                break
            match = _TOKEN.match(self.text, place)
            if match is None:
                raise invalid(f"Syntax error; token: {self.text[place : place + 10]!r}")
            place = match.end()
            if match.lastgroup:
                self.tokens.append((match.lastgroup, match[0]))

    def peek(self, ahead: int = 0) -> str:
        """The next token, in capitals; empty at the end."""
        return self.tokens[self.at + ahead][1].upper() if self.at + ahead < len(self.tokens) else ""

    def take(self, wanted: str = "") -> tuple[str, str]:
        """The next token.

        Raises:
            DynamoError: There is none, or not that one.
        """
        if self.at >= len(self.tokens) or (wanted and self.peek() != wanted):
            raise invalid(f"Syntax error; token: {self.peek() or '<EOF>'!r}")
        self.at += 1
        return self.tokens[self.at - 1]

    def took(self, wanted: str) -> bool:
        """Take a token if it is the next."""
        found = self.peek() == wanted
        self.at += found
        return found

    def end(self) -> None:
        """Nothing may follow.

        Raises:
            DynamoError: Something does.
        """
        if self.at < len(self.tokens):
            raise invalid(f"Syntax error; token: {self.peek()!r}")

    def path(self) -> Path:
        """A path into an item."""
        parts: Path = [self._name()]
        while self.peek() in {".", "["}:
            if self.took("."):
                parts.append(self._name())
            else:
                self.take("[")
                kind, text = self.take()
                if kind != "number" or not text.isdigit() or len(text) > 6:  # noqa: PLR2004  no list is longer
                    raise invalid("List index is not within the allowable range")
                parts.append(int(text))
                self.take("]")
        return parts

    def _name(self) -> str:
        kind, text = self.take()
        if kind == "quoted":
            return text[1:-1]
        if kind != "name" or text.startswith(":"):
            raise invalid(f"Syntax error; token: {text!r}")
        if text.startswith("#"):
            if text not in self.names:
                raise invalid(f"An expression attribute name used in the document path is not defined; {text}")
            return self.names[text]
        return text

    def literal(self) -> Value | None:
        """The value that stands next, if one does."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "name" and text.startswith(":"):
            self.at += 1
            if text not in self.values:
                raise invalid(f"An expression attribute value used in expression is not defined; {text}")
            return self.values[text]
        if self.parameters is None:
            return None
        found: Value | None = None
        if kind == "text":
            found = {"S": text[1:-1].replace("''", "'")}
        elif kind == "number":
            found = {"N": text}
        elif text == "?":
            if not self.parameters:
                raise invalid("Number of parameters in request and statement don't match.")
            found = self.parameters.pop(0)
        elif text.upper() in {"TRUE", "FALSE", "NULL"}:
            found = typed({"TRUE": True, "FALSE": False, "NULL": None}[text.upper()])
        self.at += found is not None
        return found


def condition(words: Words) -> Condition:
    """A condition, up to where it ends."""
    found = _both(words)
    while words.took("OR"):
        found = _joined(found, _both(words), any)
    return found


def _joined(left: Condition, right: Condition, fold: Callable[[list[bool]], bool]) -> Condition:
    return lambda item: fold([left(item), right(item)])


def _both(words: Words) -> Condition:
    found = _one(words)
    while words.took("AND"):
        found = _joined(found, _one(words), all)
    return found


def _one(words: Words) -> Condition:
    words.depth += 1
    if words.depth > _MOST_DEPTH:
        raise invalid("The expression is nested too deeply")
    try:
        if words.took("NOT"):
            inner = _one(words)
            return lambda item: not inner(item)
        if words.peek() == "(" and words.took("("):
            found = condition(words)
            words.take(")")
            return found
        return _comparison(words)
    finally:
        words.depth -= 1


def _comparison(words: Words) -> Condition:
    name = words.peek().lower()
    if name in _TESTS and words.peek(1) == "(":
        words.at += 2
        first = words.path() if name.startswith("attribute") else None
        left: Operand = (lambda item: at(item, first)) if first else operand(words)
        right = operand(words) if words.took(",") else None
        words.take(")")
        test = _TESTS[name]
        return lambda item: test(left(item), right(item) if right else None)
    value = operand(words)
    if words.took("BETWEEN"):
        low = operand(words)
        words.take("AND")
        high = operand(words)
        return lambda item: _ordered(">=", value(item), low(item)) and _ordered("<=", value(item), high(item))
    if words.took("IN"):
        close = {"(": ")", "[": "]"}.get(words.peek(), "")
        words.take()
        listed = [operand(words)]
        while words.took(","):
            listed.append(operand(words))
        words.take(close or ")")
        return lambda item: any(sortable(value(item)) == sortable(one(item)) for one in listed)
    sign = words.take()[1]
    other = operand(words)
    if sign == "=":
        return lambda item: value(item) is not None and sortable(value(item)) == sortable(other(item))
    if sign in {"<>", "!="}:
        return lambda item: sortable(value(item)) != sortable(other(item))
    if sign not in _COMPARE:
        raise invalid(f"Syntax error; token: {sign!r}")
    return lambda item: _ordered(sign, value(item), other(item))


def _ordered(sign: str, left: Value | None, right: Value | None) -> bool:
    first, second = sortable(left), sortable(right)
    return first[0] == second[0] and first[0] in {"S", "N", "B"} and _COMPARE[sign](first[1], second[1])


def operand(words: Words) -> Operand:
    """A value, a path, or the size of one."""
    if (literal := words.literal()) is not None:
        return lambda _: literal
    if words.peek() == "SIZE" and words.peek(1) == "(":
        words.at += 2
        path = words.path()
        words.take(")")
        return lambda item: _size(at(item, path))
    path = words.path()
    return lambda item: at(item, path)


def _size(value: Value | None) -> Value | None:
    content = next(iter(value.values())) if value else None
    return {"N": str(len(content))} if isinstance(content, str | list | dict) else None


def _contains(left: Value | None, right: Value | None) -> bool:
    if left is None or right is None:
        return False
    ((kind, content),), wanted = left.items(), next(iter(right.values()))
    if kind == "L":
        return any(sortable(item) == sortable(right) for item in content)
    return kind in {"S", "SS", "NS", "BS"} and isinstance(wanted, str) and wanted in content


def _begins(left: Value | None, right: Value | None) -> bool:
    first, second = sortable(left), sortable(right)
    return first[0] == second[0] == "S" and str(first[1]).startswith(str(second[1]))


_TESTS: Final[dict[str, Callable[[Value | None, Value | None], bool]]] = {
    "attribute_exists": lambda left, _: left is not None,
    "attribute_not_exists": lambda left, _: left is None,
    "attribute_type": lambda left, right: left is not None and right is not None and right.get("S") in left,
    "begins_with": _begins,
    "contains": _contains,
}


def projected(item: Item, words: Words) -> Item:
    """The part of an item that a projection shows."""
    shown: Item = {}
    while True:
        path = words.path()
        value = at(item, path)
        if value is not None:
            for number_ in range(1, len(path)):
                if at(shown, path[:number_]) is None:
                    put(shown, path[:number_], {"L": []} if isinstance(path[number_], int) else {"M": {}})
            put(shown, path, value)
        if not words.took(","):
            words.end()
            return shown


def updated(item: Item, words: Words) -> Item:
    """A new item: the given one with an update done."""
    new = copy.deepcopy(item)
    while words.at < len(words.tokens):
        action = words.take()[1].upper()
        if action not in {"SET", "REMOVE", "ADD", "DELETE"}:
            raise invalid(f"Syntax error; token: {action!r}")
        while True:
            path = words.path()
            put(new, path, _changed(action, item, at(item, path), words))
            if not words.took(","):
                break
    return new


def _changed(action: str, item: Item, old: Value | None, words: Words) -> Value | None:
    if action == "REMOVE":
        return None
    if action == "SET":
        words.take("=")
        return _sum(item, words)
    value = words.literal()
    if value is None:
        raise invalid("Incorrect operand type for operator or function")
    ((kind, content),) = value.items()
    if kind == "N" and action == "ADD":
        return _total(old or {"N": "0"}, value, 1)
    kept = (old or {}).get(kind, [])
    if kind not in {"SS", "NS", "BS"}:
        raise invalid("Incorrect operand type for operator or function")
    found = sorted({*kept, *content} if action == "ADD" else set(kept) - set(content))
    return {kind: found} if found else None


def _sum(item: Item, words: Words) -> Value:
    value = _term(item, words)
    while words.peek() in {"+", "-"}:
        sign = 1 if words.take()[1] == "+" else -1
        value = _total(value, _term(item, words), sign)
    return value


def _total(left: Value, right: Value, sign: int) -> Value:
    if "N" not in left or "N" not in right:
        raise invalid("An operand in the update expression has an incorrect data type")
    return {"N": str(number(left["N"]) + sign * number(right["N"]))}


def _term(item: Item, words: Words) -> Value:
    name = words.peek()
    if name in {"LIST_APPEND", "IF_NOT_EXISTS"} and words.peek(1) == "(":
        words.at += 2
        first = operand(words)(item) if name == "IF_NOT_EXISTS" else _term(item, words)
        words.take(",")
        second = _term(item, words)
        words.take(")")
        if name == "IF_NOT_EXISTS":
            return second if first is None else first
        if first is None or "L" not in first or "L" not in second:
            raise invalid("An operand in the update expression has an incorrect data type")
        return {"L": first["L"] + second["L"]}
    value = operand(words)(item)
    if value is None:
        raise invalid("The provided expression refers to an attribute that does not exist in the item")
    return value
