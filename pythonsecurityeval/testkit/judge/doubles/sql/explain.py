"""MySQL's EXPLAIN: the plan of a statement that does not run, or with ANALYZE of a query that does.

A plan names the tables in the order of the statement and no keys: how SQLite
would go about it says nothing of MySQL.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql.statements import Piece

_WORDS = {"EXPLAIN", "DESCRIBE", "DESC"}
_BEGINNINGS = {"SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE", "("}
_COLUMNS = (
    "id", "select_type", "table", "partitions", "type", "possible_keys", "key", "key_len", "ref", "rows", "filtered",
    "Extra",
)  # fmt: skip


@dataclass(frozen=True)
class Explained:
    """What is to be explained: the statement, whether it runs, and the form of its plan (empty for a table)."""

    piece: Piece
    runs: bool
    form: str


def explained(piece: Piece) -> Explained | None:
    """What an EXPLAIN is about; None for other statements, and for the description of a table."""
    words = [token.text.upper() for token in piece.tokens]
    if not words or words[0] not in _WORDS:
        return None
    at, runs, form = 1, False, ""
    while at < len(words) and words[at] in {"ANALYZE", "FORMAT"}:
        if words[at] == "ANALYZE":
            at, runs = at + 1, True
        elif words[at + 1 : at + 2] == ["="]:
            at, form = at + 3, "".join(words[at + 2 : at + 3])
        else:
            break
    if at >= len(words) or words[at] not in _BEGINNINGS:
        return None
    begin = piece.tokens[at].start - piece.tokens[0].start
    return Explained(Piece(piece.text[begin:], piece.tokens[at:]), runs, "" if form == "TRADITIONAL" else form)


def plan(asked: Explained, tree: exp.Expression) -> str:
    """The query, in MySQL's SQL, whose rows are the plan of a statement.

    Args:
        asked: What is to be explained.
        tree: The statement's tree.
    """
    tables = tuple(_tables(tree))
    if asked.runs or asked.form:
        steps = {"query_block": {"select_id": 1, "nested_loop": [{"table": {"table_name": name}} for name in tables]}}
        text = json.dumps(steps) if asked.form == "JSON" else "\n".join(f"-> Table scan on {name}" for name in tables)
        return f"SELECT {_text(text)} AS `EXPLAIN`"
    kind = "SIMPLE" if isinstance(tree, exp.Query) else asked.piece.word
    return " UNION ALL ".join(_line(kind, name) for name in tables or (None,))


def _tables(tree: exp.Expression) -> Iterator[str]:
    common = {cte.alias.lower() for cte in tree.find_all(exp.CTE)}
    for table in tree.find_all(exp.Table, bfs=False):
        if table.name.lower() not in common:
            yield table.alias_or_name


def _line(kind: str, table: str | None) -> str:
    values = {"id": "1", "select_type": _text(kind), "filtered": "100.0", "rows": "1", "type": "'ALL'"}
    values |= {"table": _text(table)} if table else {"Extra": "'No tables used'", "type": "NULL", "rows": "NULL"}
    return "SELECT " + ", ".join(f"{values.get(name, 'NULL')} AS `{name}`" for name in _COLUMNS)


def _text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
