"""Changes to a statement's tree that give it SQLite's form with the server's meaning."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql import catalogue, joined, times, transact
from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour

_HIDDEN = re.compile(r"sqlite_|pragma_", re.IGNORECASE)
_TIMES = {exp.DataType.Type.TIMESTAMP, exp.DataType.Type.DATETIME, exp.DataType.Type.TIMESTAMPTZ}
_LONGEST_NAME = 63  # bytes


@dataclass(frozen=True)
class Settings:
    """What statements may ask the session about."""

    database: str = "app"
    user: str = "app"


def rewrite(tree: exp.Expression, flavour: Flavour, settings: Settings) -> exp.Expression:
    """The tree for SQLite; the given one is used up."""
    if flavour == "postgres":
        _fold_names(tree)
    if isinstance(tree, exp.Insert):
        _on_conflict(tree)
    if flavour == "tsql":
        tree = transact.adapt(tree)
    tree = joined.spread(tree)
    if isinstance(tree, exp.Update | exp.Delete):
        _limit(tree)

    for identifier in tree.find_all(exp.Identifier):
        identifier.args["quoted"] = True
    for node in reversed(list(tree.walk(bfs=False))):  # the inner before the outer: a change may move what it holds
        change = _CHANGES.get(type(node))
        if change is None:
            continue
        parent, key, index = node.parent, node.arg_key, node.index
        changed = change(node, flavour, settings)
        if changed is node:
            continue
        if parent is None or key is None:
            tree = changed
        else:
            parent.set(key, changed, index)
    return tree


def tables(tree: exp.Expression) -> frozenset[str]:
    """The tables a statement names."""
    return frozenset(table.name.lower() for table in tree.find_all(exp.Table))


def _fold_names(tree: exp.Expression) -> None:
    """PostgreSQL's names: in small letters unless quoted, and cut without an error where they are too long."""
    for identifier in tree.find_all(exp.Identifier):
        name = str(identifier.this)
        name = name if identifier.args.get("quoted") else name.lower()
        identifier.set("this", name.encode("utf-8", "surrogateescape")[:_LONGEST_NAME].decode("utf-8", "ignore"))


def _on_conflict(tree: exp.Insert) -> None:
    conflict = tree.args.get("conflict")
    if not isinstance(conflict, exp.OnConflict) or not conflict.args.get("duplicate"):
        return
    conflict.set("duplicate", None)
    conflict.set("action", exp.var("DO UPDATE"))
    for call in conflict.find_all(exp.Anonymous):
        if str(call.this).upper() == "VALUES" and call.expressions:
            call.replace(exp.column(call.expressions[0].name, table="excluded", quoted=True))


def _limit(tree: exp.Update | exp.Delete) -> None:
    limit, order = tree.args.get("limit"), tree.args.get("order")
    table = tree.this
    if not limit or not isinstance(table, exp.Table):
        return
    rows = exp.select(exp.column("rowid")).from_(table.copy())
    rows.set("where", tree.args.get("where"))
    rows.set("order", order)
    rows.set("limit", limit)
    tree.set("where", exp.Where(this=exp.In(this=exp.column("rowid"), query=exp.Subquery(this=rows))))
    tree.set("limit", None)
    tree.set("order", None)


def _table(node: exp.Expression, flavour: Flavour, settings: Settings) -> exp.Expression:
    if _HIDDEN.match(node.name):
        raise SqlError("no_table", f"no such table: {node.name}", node.name)
    view = catalogue.view(node.text("db"), node.name, flavour, settings.database)
    if view is not None:
        alias = node.args.get("alias") or exp.TableAlias(this=exp.to_identifier(node.name, quoted=True))
        query = exp.Subquery(this=view, alias=alias)
        query.set("joins", node.args.get("joins"))
        return query
    node.set("db", None)
    node.set("catalog", None)
    return node


def _column(node: exp.Expression, *_: object) -> exp.Expression:
    node.set("db", None)
    node.set("catalog", None)
    return node


def _like(node: exp.Expression, *_: object) -> exp.Expression:
    if isinstance(node.parent, exp.Escape):
        return node
    return exp.Escape(this=node, expression=exp.Literal.string("\\"))


def _any(node: exp.Expression, *_: object) -> exp.Expression:
    """``x = ANY(ARRAY[…])`` and ``x <> ALL(ARRAY[…])`` as IN."""
    listed = node.expression
    if isinstance(node, exp.EQ) and isinstance(listed, exp.Any):
        inner = listed.this.unnest()
    elif isinstance(node, exp.NEQ) and isinstance(listed, exp.Anonymous) and str(listed.this).upper() == "ALL":
        inner = listed.expressions[0].unnest()
    else:
        return node
    if isinstance(inner, exp.Query):
        return exp.In(this=node.this, query=exp.Subquery(this=inner))
    values = inner.expressions if isinstance(inner, exp.Array) else _array(inner)
    found: exp.Expression = exp.In(this=node.this, expressions=values)
    return found if isinstance(node, exp.EQ) else exp.Not(this=found)


def _array(node: exp.Expression) -> list[exp.Expression]:
    node = node.this if isinstance(node, exp.Cast) else node
    if not isinstance(node, exp.Literal) or not str(node.this).startswith("{"):
        raise SqlError("unsupported", "ANY of this is not understood")
    items = [item.strip().strip('"') for item in str(node.this)[1:-1].split(",") if item.strip()]
    return [exp.Literal.number(i) if i.lstrip("-").isdigit() else exp.Literal.string(i) for i in items]


def _cast(node: exp.Expression, flavour: Flavour, _: Settings) -> exp.Expression:
    to = node.args["to"]
    inner: exp.Expression = node.this
    kind = to.this if isinstance(to, exp.DataType) else None
    if kind is None or str(to).upper() in {"REGCLASS", "OID", "NAME"}:
        return inner
    if kind in _TIMES:
        return exp.Anonymous(this="DATETIME", expressions=[inner])
    if kind == exp.DataType.Type.DATE:
        return exp.Anonymous(this="DATE", expressions=[inner])
    if kind == exp.DataType.Type.BOOLEAN:
        truth = [exp.Literal.string(t) for t in ("1", "t", "true", "yes", "on")]
        return exp.In(this=exp.Lower(this=exp.Cast(this=inner, to=exp.DataType.build("text"))), expressions=truth)
    if kind == exp.DataType.Type.VARBINARY and flavour == "postgres":
        return exp.Anonymous(this="BYTEA", expressions=[inner])
    if kind in exp.DataType.INTEGER_TYPES or kind in exp.DataType.REAL_TYPES:
        return node
    if kind == exp.DataType.Type.BINARY:
        return exp.Collate(this=inner, expression=exp.var("BINARY"))
    node.set("to", exp.DataType.build("text"))
    return node


def _introducer(node: exp.Expression, *_: object) -> exp.Expression:
    """``_binary'…'``: the driver's way to send bytes."""
    inner: exp.Expression = node.expression
    if str(node.this).lower() == "_binary" and isinstance(inner, exp.Literal):
        return exp.HexString(this=str(inner.this).encode("utf-8", "surrogateescape").hex())
    return inner


def _collate(node: exp.Expression, *_: object) -> exp.Expression:
    name = node.expression.name.lower()
    if name in {"binary", "nocase"}:
        return node
    node.set(
        "expression", exp.var("BINARY" if name.endswith("_bin") else "NOCASE" if name.endswith("_ci") else "BINARY")
    )
    return node


def _session_parameter(node: exp.Expression, *_: object) -> exp.Expression:
    value = catalogue.VARIABLES.get(node.name.lower())
    return exp.null() if value is None else exp.convert(value)


def _anonymous(node: exp.Expression, _: Flavour, settings: Settings) -> exp.Expression:
    name = str(node.this).lower()
    if name in {"current_database", "current_catalog", "db_name"}:
        return exp.Literal.string(settings.database)
    if name.startswith(("sqlite_", "pragma_")) or name in {"load_extension", "fts3_tokenizer"}:
        raise SqlError("no_function", f"no such function: {node.this}", str(node.this))
    return node


def _pattern(node: exp.Expression, flavour: Flavour, _: Settings) -> exp.Expression:
    """A match of a regular expression; MySQL takes letters of any case for equal."""
    any_case = flavour == "mysql" or isinstance(node, exp.RegexpILike)
    flags = node.args.get("flag") or exp.Literal.string("i" if any_case else "")
    return exp.Anonymous(this="FITS_PATTERN", expressions=[node.this, node.expression, flags])


def _replaced(node: exp.Expression, flavour: Flavour, _: Settings) -> exp.Expression:
    modifiers = node.args.get("modifiers")
    flags = modifiers or exp.Literal.string("gi" if flavour == "mysql" else "")
    given = [node.this, node.expression, node.args.get("replacement") or exp.Literal.string(""), flags]
    return exp.Anonymous(this="PUT_FOR_PATTERN", expressions=given)


def _dot(node: exp.Expression, *_: object) -> exp.Expression:
    """A function with its schema."""
    function: exp.Expression = node.expression
    return function if isinstance(function, exp.Func) else node


def _select(node: exp.Expression, *_: object) -> exp.Expression:
    node.set("locks", None)
    source = node.args.get("from_")
    if source and isinstance(source.this, exp.Table) and source.this.name.lower() == "dual":
        node.set("from_", None)
    return node


def _index(node: exp.Expression, *_: object) -> exp.Expression:
    parameters = node.args.get("params")
    if parameters:
        parameters.set("using", None)
        columns = parameters.args.get("columns") or []
        parameters.set("columns", [c.this if isinstance(c, exp.Ordered) else c for c in columns])
    if not node.this:
        node.set(
            "this",
            exp.to_identifier(f"index_{node.args['table'].name}_{zlib.crc32(str(parameters).encode())}", quoted=True),
        )
    return node


_CHANGES: dict[type[exp.Expression], Callable[[exp.Expression, Flavour, Settings], exp.Expression]] = {
    exp.Table: _table,
    exp.Column: _column,
    exp.Like: _like,
    exp.EQ: _any,
    exp.NEQ: _any,
    exp.Add: times.moved,
    exp.Sub: times.moved,
    exp.DateAdd: times.moved,
    exp.DateSub: times.moved,
    exp.Cast: _cast,
    exp.TimestampTrunc: times.truncated,
    exp.Introducer: _introducer,
    exp.Collate: _collate,
    exp.SessionParameter: _session_parameter,
    exp.Anonymous: _anonymous,
    exp.CurrentSchema: lambda _, flavour, settings: exp.Literal.string(
        settings.database if flavour == "mysql" else "public"
    ),
    exp.CurrentUser: lambda _, __, settings: exp.Literal.string(settings.user),
    exp.Dot: _dot,
    exp.Extract: times.extracted,
    exp.Select: _select,
    exp.RegexpLike: _pattern,
    exp.RegexpILike: _pattern,
    exp.RegexpReplace: _replaced,
    exp.Index: _index,
}
