"""The few words of JavaScript that an injection needs; all else fails as a script that throws.

Understands comparisons, ``&&``, ``||``, ``!``, literals, ``this.field``,
``return``, ``sleep(…)``, comments and statements in a row. Runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.mongo.order import MISSING, key

_TOKEN = re.compile(
    r"""\s+|//[^\n]*|/\*.*?\*/
    |(?P<number>\d+(?:\.\d+)?)|(?P<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)
    |(?P<sign>===|!==|==|!=|<=|>=|&&|\|\||[<>!()=;{},])""",
    re.VERBOSE | re.DOTALL,
)
_FUNCTION = re.compile(r"\s*function\s*\w*\s*\([\w\s,]*\)\s*\{(.*)\}\s*;?\s*", re.DOTALL)
_MOST_TEXT = 10_000
_MOST_DEPTH = 50
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None, "undefined": MISSING}
_SIGNS = {"==", "===", "!=", "!==", "<", ">", "<=", ">="}


class ScriptError(Exception):
    """The script throws, or is none that is understood."""


class _Script:
    def __init__(self, text: str, this: Mapping[str, Any], sleep: Callable[[float], None]) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0
        self.names: dict[str, Any] = {}
        self.this = this
        self.sleep = sleep

    def run(self) -> Any:
        """The value of the first ``return``."""
        while self.at < len(self.tokens):
            kind, text = self.tokens[self.at]
            if (kind, text) == ("name", "return"):
                self.at += 1
                return self.either() if self.at < len(self.tokens) and self.peek() not in {";", "}"} else MISSING
            if kind == "name" and text in {"var", "let", "const"}:
                self.at += 1
                name = self.take("name")
                self.expect("=")
                self.names[name] = self.either()
            elif text != ";":
                self.either()
            if self.at < len(self.tokens):
                self.expect(";")
        return MISSING

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) and self.tokens[self.at][0] == "sign" else ""

    def take(self, kind: str) -> str:
        if self.at >= len(self.tokens) or self.tokens[self.at][0] != kind:
            raise ScriptError("SyntaxError: unexpected token")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def expect(self, sign: str) -> None:
        if self.take("sign") != sign:
            raise ScriptError("SyntaxError: unexpected token")

    def either(self) -> Any:
        value = self.both()
        while self.peek() == "||":
            self.at += 1
            other = self.both()
            value = value if _true(value) else other
        return value

    def both(self) -> Any:
        value = self.comparison()
        while self.peek() == "&&":
            self.at += 1
            other = self.comparison()
            value = other if _true(value) else value
        return value

    def comparison(self) -> Any:
        value = self.one()
        while self.peek() in _SIGNS:
            sign = self.take("sign")
            value = _compare(sign, value, self.one())
        return value

    def one(self) -> Any:
        self.depth += 1
        if self.depth > _MOST_DEPTH:
            raise ScriptError("InternalError: too much recursion")
        try:
            return self.operand()
        finally:
            self.depth -= 1

    def operand(self) -> Any:
        if self.peek() == "!":
            self.at += 1
            return not _true(self.one())
        if self.peek() == "(":
            self.at += 1
            value = self.either()
            self.expect(")")
            return value
        kind = self.tokens[self.at][0] if self.at < len(self.tokens) else "end"
        if kind == "number":
            return float(self.take(kind))
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", self.take(kind)[1:-1])
        return self.named(self.take("name"))

    def named(self, name: str) -> Any:
        if self.peek() == "(":
            if name != "sleep":
                raise ScriptError(f"ReferenceError: {name} is not defined")
            self.at += 1
            amount = self.either()
            self.expect(")")
            self.sleep(float(amount) / 1000 if isinstance(amount, float) else 0.0)
            return MISSING
        if name in _CONSTANTS or name in self.names:
            return _CONSTANTS.get(name, self.names.get(name))
        first, *path = name.split(".")
        if first not in {"this", "obj"}:
            raise ScriptError(f"ReferenceError: {first} is not defined")
        value: Any = self.this
        for part in path:
            value = value.get(part, MISSING) if isinstance(value, dict) else MISSING
        return value


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            found.append(("unknown", text[at:]))
            break
        at = match.end()
        if match.lastgroup:
            found.append((match.lastgroup, match[0]))
    return found


def _true(value: Any) -> bool:
    return value not in (0, "", None, MISSING, False) or isinstance(value, dict | list)


def _compare(sign: str, left: Any, right: Any) -> bool:
    if sign in {"==", "===", "!=", "!=="}:
        return (key(left) == key(right)) == (sign[0] == "=")
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    if not numbers and not (isinstance(left, str) and isinstance(right, str)):
        return False
    first, second = key(left), key(right)
    return {"<": first < second, ">": first > second, "<=": first <= second, ">=": first >= second}[sign]


def evaluate(text: str, this: Mapping[str, Any], sleep: Callable[[float], None]) -> Any:
    """What a script gives for a document.

    Args:
        text: An expression, statements, or a function.
        this: The document.
        sleep: Is told of every sleep, in seconds; nobody waits.

    Raises:
        ScriptError: It throws, or is none that is understood.
    """
    if len(text) > _MOST_TEXT:
        raise ScriptError("InternalError: script too large")
    if function := _FUNCTION.fullmatch(text):
        text = function[1]
    elif "return" not in text and ";" not in text.rstrip().rstrip(";"):
        text = f"return {text}"
    return _Script(text, this, sleep).run()


def holds(text: str, this: Mapping[str, Any], sleep: Callable[[float], None]) -> bool:
    """Whether a script gives something true for a document; see `evaluate`."""
    return _true(evaluate(text, this, sleep))
