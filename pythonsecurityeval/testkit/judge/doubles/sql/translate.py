"""Statements of MySQL and PostgreSQL as SQLite runs them."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import sqlglot.errors
from sqlglot import exp
from sqlglot.tokens import TokenType

from pythonsecurityeval.testkit.judge.doubles.sql import catalogue, explain, mysqlforms, rewrite
from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.rewrite import Settings
from pythonsecurityeval.testkit.judge.doubles.sql.schema import column_type, rewrite_column, rewrite_create
from pythonsecurityeval.testkit.judge.doubles.sql.statements import (
    Flavour,
    Piece,
    parse,
    parse_text,
    projection_texts,
    split,
)
from pythonsecurityeval.testkit.judge.doubles.sql.target import Target

Kind = Literal["rows", "write", "schema", "nothing"]
_ROWS = (exp.Select, exp.SetOperation, exp.Subquery, exp.Values)
_WRITES: tuple[type[exp.Expression], ...] = (exp.Insert, exp.Update, exp.Delete, exp.TruncateTable)
_SCHEMA: tuple[type[exp.Expression], ...] = (exp.Create, exp.Drop, exp.Alter)
_MADE = {"TABLE", "VIEW", "INDEX"}
_SEVERAL = re.compile(r"DROP\s+(?:TABLE|VIEW)\s+(?:IF\s+EXISTS\b\s*)?", re.IGNORECASE)
_REACHES = {"CASCADE", "RESTRICT"}


@dataclass(frozen=True)
class Statement:
    """One statement, ready to run.

    Attributes:
        sql: What SQLite runs, in order.
        tables: What it writes or locks.
        names: The columns' names where they are not SQLite's.
        kinds: The columns' types where only the statement shows them; see `kinds`.
        sources: The tables that rows come from.
        tag: What PostgreSQL says of it when it is done.
        inserts: How many rows of values it inserts.
    """

    kind: Kind
    sql: tuple[str, ...] = ()
    tables: frozenset[str] = frozenset()
    names: tuple[str, ...] | None = None
    kinds: tuple[str, ...] = ()
    sources: frozenset[str] = frozenset()
    tag: str = ""
    inserts: int = 0


@functools.lru_cache(maxsize=512)
def translate_text(text: str, flavour: Flavour, settings: Settings) -> Statement:
    """One statement given as text; see `translate`."""
    (piece,) = split(text, flavour) or (Piece("", ()),)
    return translate(piece, flavour, settings)


def translate(piece: Piece, flavour: Flavour, settings: Settings) -> Statement:
    """One statement for SQLite.

    Raises:
        SqlError: It does not parse, or is none that is understood.
    """
    try:
        return _translate(piece, flavour, settings)
    except (sqlglot.errors.SqlglotError, RecursionError, ValueError, TypeError, AttributeError, KeyError) as error:
        # The library stumbles over trees of an odd shape in many ways; all of them are statements no server takes.
        raise SqlError("syntax", "syntax error", piece.text[:80]) from error


def _drop(piece: Piece, flavour: Flavour, settings: Settings) -> Statement | None:
    """SQLite drops one table a statement."""
    head = _SEVERAL.match(piece.text)
    commas = [n for n, token in enumerate(piece.tokens) if token.token_type is TokenType.COMMA]
    if head is None or not commas:
        return None
    base, end = piece.tokens[0].start, len(piece.tokens) - (piece.tokens[-1].text.upper() in _REACHES)
    begin = next(n for n, token in enumerate(piece.tokens) if token.start - base >= head.end())
    edges = [begin - 1, *commas, end]
    parts = [piece.tokens[low + 1 : high] for low, high in itertools.pairwise(edges)]
    if not all(parts):
        raise SqlError("syntax", "syntax error", piece.text[:80])
    names = [piece.text[part[0].start - base : part[-1].end + 1 - base] for part in parts]
    each = [translate_text(f"{head[0]} {name}", flavour, settings) for name in names]
    return Statement(
        "schema",
        tuple(part for s in each for part in s.sql),
        frozenset().union(*(s.tables for s in each)),
        tag=each[0].tag,
    )


def _translate(piece: Piece, flavour: Flavour, settings: Settings) -> Statement:
    if several := _drop(piece, flavour, settings):
        return several
    if flavour == "mysql" and (asked := explain.explained(piece)):
        return _plan(asked, settings)
    replaced = catalogue.show(piece.text, flavour, settings.database)
    tree = parse_text(replaced, flavour) if replaced else _tree(piece, flavour)
    if isinstance(tree, exp.Drop) and tree.args.get("kind") not in _MADE:
        return Statement("nothing", tag=f"DROP {tree.args.get('kind')}")
    if isinstance(tree, _ROWS):
        return _rows(tree, piece, flavour, settings, named=bool(replaced))
    if isinstance(tree, _WRITES):
        return _write(tree, flavour, settings)
    if isinstance(tree, _SCHEMA):
        return _schema(tree, flavour, settings)
    raise SqlError("unsupported" if isinstance(tree, exp.Command) else "syntax", "syntax error", piece.text[:80])


def _plan(asked: explain.Explained, settings: Settings) -> Statement:
    """SQLite looks at the statement without running it; the rows are MySQL's."""
    statement = translate(asked.piece, "mysql", settings)
    if not statement.sql or (asked.runs and statement.kind != "rows"):
        raise SqlError("syntax", "syntax error", asked.piece.text[:80])
    seen = statement.sql if asked.runs else tuple(f"EXPLAIN {part}" for part in statement.sql)
    told = translate_text(explain.plan(asked, _tree(asked.piece, "mysql")), "mysql", settings)
    return Statement("rows", (*seen, *told.sql), names=told.names)


def _tree(piece: Piece, flavour: Flavour) -> exp.Expression:
    if flavour == "mysql" and piece.word in {"REPLACE", "INSERT"}:
        return mysqlforms.insert(piece)
    if flavour == "mysql" and piece.word == "DELETE":
        return mysqlforms.delete(piece)
    return parse(piece, flavour)


def _generate(tree: exp.Expression) -> str:
    return tree.sql(dialect=Target, comments=False)


def _common(tree: exp.Expression, flavour: Flavour, settings: Settings) -> exp.Expression:
    if any(isinstance(c, exp.Pragma | exp.Attach | exp.Detach) for c in tree.walk()):
        raise SqlError("syntax", "syntax error")
    return rewrite.rewrite(tree, flavour, settings)


def _rows(tree: exp.Expression, piece: Piece, flavour: Flavour, settings: Settings, *, named: bool) -> Statement:
    locks = [lock for select in tree.find_all(exp.Select) for lock in select.args.get("locks") or []]
    if any(select.args.get("into") for select in tree.find_all(exp.Select)):
        raise SqlError("unsupported", "SELECT INTO is not understood")
    sources = rewrite.tables(tree)
    first = tree
    while isinstance(first, exp.SetOperation | exp.Subquery):
        first = first.this
    columns = first.expressions if isinstance(first, exp.Select) else []
    star = any(column.is_star for column in columns)
    names = None if star or named or not columns else _names(columns, piece, flavour)
    kinds = () if star else tuple(_kind(column, flavour) for column in columns)
    tree = _common(tree, flavour, settings)
    return Statement(
        "rows",
        (_generate(tree),),
        sources if locks else frozenset(),
        names,
        kinds,
        sources,
        "SELECT",
    )


def _names(columns: list[exp.Expression], piece: Piece, flavour: Flavour) -> tuple[str, ...] | None:
    if flavour == "postgres":
        return tuple(_postgres_name(column) for column in columns)
    texts = projection_texts(piece)
    plain = [column.alias_or_name for column in columns]
    if texts is None or len(texts) != len(columns):
        return tuple(name or _generate(c) for name, c in zip(plain, columns, strict=True))
    named = (isinstance(c, exp.Alias | exp.Column) for c in columns)
    return tuple(p if keep else t for p, t, keep in zip(plain, texts, named, strict=True))


def _postgres_name(column: exp.Expression) -> str:
    if isinstance(column, exp.Alias | exp.Column):
        identifier: exp.Expression = column.args["alias"] if isinstance(column, exp.Alias) else column.this
        return identifier.name if identifier.args.get("quoted") else identifier.name.lower()
    if isinstance(column, exp.Cast):
        inner = _postgres_name(column.this)
        return inner if inner != "?column?" else column.to.sql("postgres").lower()
    if isinstance(column, exp.Window | exp.Filter):
        return _postgres_name(column.this)
    if isinstance(column, exp.Exists):
        return "exists"
    if isinstance(column, exp.CurrentTimestamp):
        return "now"
    if isinstance(column, exp.Anonymous):
        return str(column.name).lower()
    if isinstance(column, exp.Func) and not isinstance(column, exp.And | exp.Or | exp.Case):
        return column.sql("postgres").partition("(")[0].lower()
    return "bool" if isinstance(column, exp.Boolean) else "case" if isinstance(column, exp.Case) else "?column?"


def _kind(column: exp.Expression, flavour: Flavour) -> str:
    column = column.this if isinstance(column, exp.Alias) else column
    moved = isinstance(column, exp.Add | exp.Sub) and isinstance(column.expression, exp.Interval)
    if (
        moved
        or isinstance(column, exp.CurrentTimestamp | exp.DateAdd | exp.DateSub | exp.TimestampTrunc)
        or column.name.upper() == "NOW"
    ):
        return "TIMESTAMPTZ" if flavour == "postgres" else "TIMESTAMP"
    if isinstance(column, exp.CurrentDate | exp.TsOrDsToDate):
        return "DATE"
    if isinstance(column, exp.Max | exp.Min | exp.Sum | exp.Avg):
        mark = "+" if isinstance(column, exp.Sum) else "~" if isinstance(column, exp.Avg) else "="
        inner = column.this
        return mark + inner.name.lower() if isinstance(inner, exp.Column) else ""
    if isinstance(column, exp.Coalesce):
        return _kind(column.this, flavour)
    if isinstance(column, exp.Cast):
        return _cast_kind(column.to, flavour)
    truth = exp.Predicate | exp.Boolean | exp.Not | exp.And | exp.Or
    return "BOOLEAN" if flavour == "postgres" and isinstance(column, truth) else ""


def _cast_kind(kind: exp.Expression, flavour: Flavour) -> str:
    name = column_type(kind, flavour) if isinstance(kind, exp.DataType) else ""
    return name if name not in {"INTEGER", "REAL", "TEXT", "BLOB"} else ""


def _write(tree: exp.Expression, flavour: Flavour, settings: Settings) -> Statement:
    if isinstance(tree, exp.TruncateTable):
        names = [t.name for t in tree.expressions]
        deletes = (_generate(exp.Delete(this=exp.to_table(f"`{n}`", dialect="mysql"))) for n in names)
        return Statement("write", tuple(deletes), _lower(names), tag="TRUNCATE TABLE")
    named = (tree.args.get("tables") or [None])[0] if isinstance(tree, exp.Delete) else None
    target = named or (tree.this.find(exp.Table) if tree.this else None)
    if target is None:
        raise SqlError("syntax", "syntax error")
    tree = _common(tree, flavour, settings)
    if isinstance(tree, exp.Insert) and isinstance(tree.this, exp.Schema):
        _once([column.name for column in tree.this.expressions])
    rows = tree.expression if isinstance(tree, exp.Insert) else None
    tag = "INSERT 0" if isinstance(tree, exp.Insert) else "UPDATE" if isinstance(tree, exp.Update) else "DELETE"
    inserts = len(rows.expressions) if isinstance(rows, exp.Values) else 0
    return Statement("write", (_generate(tree),), _lower([target.name]), tag=tag, inserts=inserts)


def _once(columns: list[str]) -> None:
    """SQLite takes a column that is named twice."""
    seen: set[str] = set()
    for column in columns:
        if column.lower() in seen:
            raise SqlError("column_twice", "a column is named twice", column)
        seen.add(column.lower())


def _schema(tree: exp.Expression, flavour: Flavour, settings: Settings) -> Statement:
    kind = str(tree.args.get("kind") or "TABLE").upper()
    if kind not in _MADE:
        raise SqlError("unsupported", f"CREATE {kind} is not understood")
    if isinstance(tree, exp.Create):
        rewrite_create(tree, flavour)
    if isinstance(tree, exp.Drop):
        tree.set("cascade", None)
        tree.set("constraints", None)
    trees = list(_alterations(tree, flavour)) if isinstance(tree, exp.Alter) else [tree]
    names = [table.name for table in tree.find_all(exp.Table)]
    sql = tuple(_generate(_common(part, flavour, settings)) for part in trees)
    verb = "CREATE" if isinstance(tree, exp.Create) else "DROP" if isinstance(tree, exp.Drop) else "ALTER"
    return Statement("schema", sql, _lower(names), tag=f"{verb} {kind}")


def _alterations(tree: exp.Alter, flavour: Flavour) -> Iterator[exp.Expression]:
    """SQLite changes one thing a statement."""
    for action in tree.args.get("actions") or []:
        if isinstance(action, exp.ColumnDef):
            rewrite_column(action, flavour)
        elif not isinstance(action, exp.Drop | exp.AlterRename | exp.RenameColumn):
            raise SqlError("unsupported", "this ALTER TABLE is not understood")
        one = tree.copy()
        one.set("actions", [action])
        yield one


def _lower(names: list[str]) -> frozenset[str]:
    return frozenset(name.lower() for name in names if name)
