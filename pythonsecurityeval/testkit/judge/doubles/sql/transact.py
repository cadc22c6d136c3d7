"""What is T-SQL's own: procedures that statements call, variables of the server, text joined by ``+``."""

from __future__ import annotations

import re
from typing import Final

from sqlglot import exp

_CALL: Final = re.compile(r"EXEC(?:UTE)?\s+(?:\[?\w*\]?\.){0,3}\[?(\w+)\]?\s*(.*)", re.IGNORECASE | re.DOTALL)
_WAIT: Final = re.compile(r"WAITFOR\s+DELAY\s+N?'(\d+):(\d+):(\d+(?:\.\d+)?)'\s*$", re.IGNORECASE)
_TEXT: Final = re.compile(r"N?'((?:[^']|'')*)'", re.DOTALL)
VERSION: Final = "Microsoft SQL Server 2022 (RTM) - 16.0.1000.6 (X64)"
_VARIABLES: Final = {"VERSION": VERSION, "SERVERNAME": "db", "SPID": 8, "TRANCOUNT": 0, "ROWCOUNT": 0}


def called(text: str) -> tuple[str, str] | None:
    """Name, in lower case, and first text of a procedure that a statement calls; None for other statements."""
    match = _CALL.match(text)
    if match is None:
        return None
    argument = _TEXT.search(match[2])
    return match[1].lower(), argument[1].replace("''", "'") if argument else match[2].strip()


def waits(text: str) -> float | None:
    """Seconds of a WAITFOR DELAY; None for other statements."""
    match = _WAIT.match(text)
    return int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3]) if match else None


def adapt(tree: exp.Expression) -> exp.Expression:
    """The tree with T-SQL's own forms put as SQLite has them; the given one is used up."""
    for column in [c for c in tree.find_all(exp.Column) if c.table.lower() in {"inserted", "deleted"}]:
        column.set("table", None)
    for fetch in list(tree.find_all(exp.Fetch)):
        fetch.replace(exp.Limit(expression=fetch.args["count"]))
    for node in [n for n in tree.find_all(exp.Parameter) if isinstance(n.this, exp.Parameter)]:
        node.replace(_variable(node.this.name.upper()))
    for text in list(tree.find_all(exp.National)):
        text.replace(exp.Literal.string(text.name))
    for total in reversed(list(tree.find_all(exp.Add))):
        if _is_text(total.this) or _is_text(total.expression):
            total.replace(exp.DPipe(this=total.this, expression=total.expression))
    return tree


def _variable(name: str) -> exp.Expression:
    return exp.Anonymous(this="SCOPE_IDENTITY") if name == "IDENTITY" else exp.convert(_VARIABLES.get(name))


def _is_text(node: exp.Expression) -> bool:
    if isinstance(node, exp.Paren):
        return _is_text(node.this)
    if isinstance(node, exp.Cast):
        return node.to.this in exp.DataType.TEXT_TYPES
    return isinstance(node, exp.DPipe | exp.Concat) or (isinstance(node, exp.Literal) and bool(node.is_string))
