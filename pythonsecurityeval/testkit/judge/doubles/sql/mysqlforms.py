"""MySQL's own forms of INSERT and DELETE, which the parser does not know."""

from __future__ import annotations

import re

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql.statements import Piece, parse_text

_REPLACE = re.compile(r"REPLACE\s+(?:INTO\s+)?", re.IGNORECASE)
_TAIL = re.compile(r"\bORDER\s+BY\b(?!.*\bORDER\s+BY\b)[^'\"()]*$", re.IGNORECASE | re.DOTALL)
_INSERT_SET = re.compile(r"INSERT\s+(IGNORE\s+)?(?:INTO\s+)?([`\w.]+)\s+SET\s", re.IGNORECASE)


def insert(piece: Piece) -> exp.Expression:
    """MySQL's own forms of INSERT: REPLACE, and INSERT … SET."""
    text = piece.text
    replaces = bool(_REPLACE.match(text))
    if replaces:
        text = _REPLACE.sub("INSERT INTO ", text, count=1)
    match = _INSERT_SET.match(text)
    tree = _insert_set(match, text) if match else parse_text(text, "mysql")
    if replaces:
        tree.set("alternative", "REPLACE")
    elif tree.args.get("ignore"):
        tree.set("alternative", "IGNORE")
    tree.set("ignore", None)
    return tree


def delete(piece: Piece) -> exp.Expression:
    """MySQL's DELETE … ORDER BY … LIMIT."""
    tail = _TAIL.search(piece.text)
    if tail is None:
        return parse_text(piece.text, "mysql")
    tree = parse_text(piece.text[: tail.start()], "mysql")
    ordered = parse_text(f"SELECT 1 {tail[0]}", "mysql")
    tree.set("order", ordered.args.get("order"))
    tree.set("limit", ordered.args.get("limit"))
    return tree


def _insert_set(match: re.Match[str], text: str) -> exp.Expression:
    update = parse_text(" ".join(["UPDATE", match[2], "SET", text[match.end() :]]), "mysql")
    pairs = [e for e in update.expressions if isinstance(e, exp.EQ)]
    columns = [exp.to_identifier(e.this.name, quoted=True) for e in pairs]
    values = exp.Values(expressions=[exp.Tuple(expressions=[e.expression for e in pairs])])
    return exp.Insert(this=exp.Schema(this=update.this, expressions=columns), expression=values, ignore=bool(match[1]))
