"""What can go wrong with a statement, before a server gives it its own number."""

from __future__ import annotations

import re
import sqlite3
from typing import Literal

Kind = Literal[
    "syntax",
    "no_table",
    "no_column",
    "no_function",
    "table_exists",
    "duplicate",
    "not_null",
    "foreign_key",
    "check",
    "too_long",
    "bad_value",
    "out_of_range",
    "column_twice",
    "columns",
    "locked",
    "interrupted",
    "too_big",
    "denied",
    "unsupported",
    "aborted",
    "no_savepoint",
    "in_transaction",
    "account",
]

_BY_MESSAGE: tuple[tuple[str, Kind], ...] = (
    (r"no such table: (.*)", "no_table"),
    (r"no such column: (.*)", "no_column"),
    (r"table .+ has no column named (.*)", "no_column"),
    (r"ambiguous column name: (.*)", "no_column"),
    (r"no such function: (.*)", "no_function"),
    (r"wrong number of arguments to function (.*)", "no_function"),
    (r"(?:table|index|view) .+ already exists|there is already", "table_exists"),
    (r"UNIQUE constraint failed: (.*)", "duplicate"),
    (r"NOT NULL constraint failed: (.*)", "not_null"),
    (r"FOREIGN KEY constraint failed", "foreign_key"),
    (r"CHECK constraint failed: too_long_(.*)", "too_long"),
    (r"CHECK constraint failed: bad_value_(.*)", "bad_value"),
    (r"CHECK constraint failed: out_of_range_(.*)", "out_of_range"),
    (r"CHECK constraint failed", "check"),
    (r"datatype mismatch", "bad_value"),
    (r"has \d+ columns but \d+ values|do not have the same number of result columns|values for \d+ columns", "columns"),
    (r"interrupted", "interrupted"),
    (r"too big|disk is full|out of memory|too many|too large|LIKE or GLOB pattern too complex", "too_big"),
    (r"not authorized|prohibited|access to .* is prohibited", "denied"),
    (r"no such savepoint", "no_savepoint"),
)


class ProtocolError(Exception):
    """The client breaks the protocol; the connection ends."""


class SqlError(Exception):
    """A statement failed.

    Args:
        kind: Which way.
        message: In plain words.
        name: The table, column or function it is about, if any.
    """

    def __init__(self, kind: Kind, message: str, name: str = "") -> None:
        self.kind: Kind = kind
        self.message = message
        self.name = name
        super().__init__(kind, message)


def from_sqlite(error: Exception) -> SqlError:
    """What SQLite's error means."""
    text = str(error)[:500]
    for pattern, kind in _BY_MESSAGE:
        if match := re.search(pattern, text):
            return SqlError(kind, text, match[1] if match.groups() else "")
    return SqlError("duplicate" if isinstance(error, sqlite3.IntegrityError) else "syntax", text)
