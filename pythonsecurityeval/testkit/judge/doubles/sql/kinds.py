"""Types that results get back: by the declared type of a column, or by what a statement computes.

SQLite tells the declared type of plain columns only. For the rest, a statement
says what its columns are: the name of a type, or ``=name``, ``+name`` and
``~name`` for the greatest or least, the sum and the average of a column.
"""

from __future__ import annotations

import datetime
import decimal
import functools
import json
import sqlite3
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.sql.schema import MOST_SCALE
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour


@dataclass(frozen=True)
class Json:
    """A JSON value of a column; drivers send its text."""

    text: str


def _decimal(scale: int) -> Callable[[bytes], Any]:
    def convert(value: bytes) -> Any:
        try:
            return decimal.Decimal(value.decode()).quantize(decimal.Decimal(1).scaleb(-scale))
        except (decimal.InvalidOperation, ValueError):
            return value.decode(errors="replace")

    return convert


def _parsed(parse: Callable[[str], Any]) -> Callable[[bytes], Any]:
    def convert(value: bytes) -> Any:
        text = value.decode(errors="replace")
        try:
            return parse(text)
        except (ValueError, decimal.InvalidOperation, RecursionError):
            return text

    return convert


def _timestamptz(text: str) -> datetime.datetime:
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)


def _json(text: str) -> Json:
    json.loads(text)
    return Json(text)


@functools.cache
def _converters() -> dict[str, Callable[[bytes], Any]]:
    return {
        "BOOLEAN": lambda value: value not in {b"0", b""},
        "TIMESTAMP": _parsed(datetime.datetime.fromisoformat),
        "TIMESTAMPTZ": _parsed(_timestamptz),
        "DATE": _parsed(datetime.date.fromisoformat),
        "TIME": _parsed(datetime.time.fromisoformat),
        "JSON_TEXT": _parsed(_json),
        "UUID_TEXT": _parsed(uuid.UUID),
        "NUMERIC": _parsed(decimal.Decimal),
        **{f"DECIMAL_{scale}": _decimal(scale) for scale in range(MOST_SCALE + 5)},
    }


@functools.cache
def teach() -> None:
    """Teach the module, once, what declared types mean; only our own connections ask for it."""
    for name, convert in _converters().items():
        sqlite3.register_converter(name, convert)


def converter(kind: str, columns: Mapping[str, str], flavour: Flavour) -> Callable[[Any], Any] | None:
    """How values of a column get their type; None leaves them as SQLite has them.

    Args:
        kind: What the statement says of it.
        columns: Declared types of the columns it draws on.
        flavour: Whose rules hold for sums and averages.
    """
    sign, name = (kind[0], columns.get(kind[1:], "")) if kind and kind[0] in "=+~" else ("", kind)
    if sign == "~" and name.startswith("DECIMAL_"):
        name = f"DECIMAL_{int(name[8:]) + 4}"
    elif name == "INTEGER" and (sign == "~" or (sign == "+" and flavour == "mysql")):
        name = "DECIMAL_4" if sign == "~" else "DECIMAL_0"
    convert = _converters().get(name)
    if convert is None:
        return None
    return lambda value: value if value is None else convert(str(value).encode("utf-8", "surrogateescape"))
