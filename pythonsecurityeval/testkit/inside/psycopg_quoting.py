"""Values as SQL text, by psycopg2's own adapters where they need no connection of C."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg2  # type: ignore[import-untyped]  # it has no types
import psycopg2.extensions as ext  # type: ignore[import-untyped]  # it has no types
import psycopg2.extras  # type: ignore[import-untyped]  # it has no types
import psycopg2.sql  # type: ignore[import-untyped]  # it has no types


def identifier(name: str) -> str:
    """A name in double quotes."""
    return '"' + str(name).replace('"', '""') + '"'


def text(value: str) -> str:
    """Text in single quotes; a backslash means nothing there.

    Raises:
        ValueError: It holds a zero, which PostgreSQL's text cannot.
    """
    if "\0" in value:
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")
    return "'" + value.replace("'", "''") + "'"


def literal(value: Any) -> str:
    """A value as psycopg2 would send it.

    Raises:
        psycopg2.ProgrammingError: It has no adapter.
    """
    if value is None:
        return "NULL"
    adapter = ext.adapt(value)
    if isinstance(adapter, ext.QuotedString):
        return text(str(adapter.adapted))
    if isinstance(adapter, ext.Binary):
        return f"'\\x{bytes(adapter.adapted).hex()}'::bytea"
    if isinstance(adapter, psycopg2.extras.Json):
        return text(adapter.dumps(adapter.adapted))
    if isinstance(value, list):
        return "ARRAY[" + ",".join(literal(item) for item in value) + "]" if value else "'{}'"
    if isinstance(adapter, ext.SQL_IN):
        return "(" + ", ".join(literal(item) for item in value) + ")"
    quoted = adapter.getquoted()
    return quoted.decode() if isinstance(quoted, bytes) else str(quoted)


class _Quoted(dict[str, str]):
    """Named parameters, quoted as they are asked for."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self._values = values

    def __missing__(self, name: str) -> str:
        return literal(self._values[name])


def query_text(query: Any, context: Any) -> str:
    """A query as text, be it text, bytes or composed.

    Raises:
        TypeError: It is none.
    """
    if isinstance(query, psycopg2.sql.Composable):
        return str(query.as_string(context))
    if isinstance(query, bytes):
        return query.decode("utf-8", "surrogateescape")
    if not isinstance(query, str):
        raise TypeError(f"argument 1 must be a string or unicode object: got {type(query).__name__} instead")
    return query


def merge(query: str, parameters: Sequence[Any] | Mapping[str, Any] | None) -> str:
    """A query with its parameters in place."""
    if parameters is None:
        return query
    if isinstance(parameters, Mapping):
        return query % _Quoted(parameters)
    return query % tuple(literal(value) for value in parameters)
