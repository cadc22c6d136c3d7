"""UPDATE and DELETE over several tables, and rows of values as a table, in SQLite's form."""

from __future__ import annotations

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError


def spread(tree: exp.Expression) -> exp.Expression:
    """The tree with what several tables bring put where SQLite takes it; the given one is used up.

    Raises:
        SqlError: It joins in a way that is not understood.
    """
    for values in list(tree.find_all(exp.Values)):
        if isinstance(values.args.get("alias"), exp.TableAlias) and values.args["alias"].columns:
            values.replace(_selected(values))
    if isinstance(tree, exp.Update):
        _update(tree)
    elif isinstance(tree, exp.Delete):
        _delete(tree)
    return tree


def _selected(values: exp.Values) -> exp.Subquery:
    """``(VALUES …) AS v(a, b)`` as a query whose columns have names."""
    alias = values.args["alias"]
    names = [column.name for column in alias.columns]
    query: exp.Query | None = None
    for row in values.expressions:
        cells = row.expressions if isinstance(row, exp.Tuple) else [row]
        if len(cells) != len(names):
            raise SqlError("columns", "VALUES lists must all be the same length")
        one = exp.select(*(exp.alias_(cell.copy(), name) for cell, name in zip(cells, names, strict=True)))
        query = one if query is None else exp.Union(this=query, expression=one, distinct=False)
    return exp.Subquery(this=query, alias=exp.TableAlias(this=alias.this))


def _update(tree: exp.Update) -> None:
    """MySQL's ``UPDATE a JOIN b ON … SET …`` as ``UPDATE a SET … FROM b WHERE …``."""
    target = tree.this
    joins = target.args.get("joins") or []
    if not joins:
        return
    target.set("joins", None)
    changed = {e.this.table for e in tree.expressions if isinstance(e, exp.EQ) and isinstance(e.this, exp.Column)}
    if changed - {"", target.alias_or_name}:
        raise SqlError("unsupported", "only the first table can be changed")
    others = _conditions(tree, joins)
    tree.set("from_", exp.From(this=others[0]))
    for other in others[1:]:
        others[0].append("joins", exp.Join(this=other))
    for pair in tree.expressions:
        if isinstance(pair, exp.EQ) and isinstance(pair.this, exp.Column):
            pair.this.set("table", None)


def _delete(tree: exp.Delete) -> None:
    """``DELETE a FROM a JOIN b …`` and ``DELETE FROM a USING b …`` as a DELETE of the rows that are found."""
    named, using = tree.args.get("tables") or [], tree.args.get("using") or []
    source = tree.this
    joins = source.args.get("joins") or []
    if not (named or using or joins):
        return
    if len(named) > 1:
        raise SqlError("unsupported", "only one table can be changed")
    target = named[0].name if named else source.alias_or_name
    tables = [source, *(join.this for join in joins), *using]
    table = next((t for t in tables if t.alias_or_name.lower() == target.lower()), None)
    if not isinstance(table, exp.Table):
        raise SqlError("no_table", f"no such table: {target}", target)
    found = exp.select(exp.column("rowid", table=table.alias_or_name)).from_(source.copy())
    for other in using:
        found = found.join(other.copy(), join_type="cross")
    found.set("where", tree.args.get("where"))
    tree.set("this", exp.to_table(table.name))
    tree.set("tables", None)
    tree.set("using", None)
    tree.set("where", exp.Where(this=exp.In(this=exp.column("rowid"), query=exp.Subquery(this=found))))


def _conditions(tree: exp.Update, joins: list[exp.Join]) -> list[exp.Expression]:
    """The joined tables, once their conditions stand in the WHERE."""
    wanted = [tree.args["where"].this] if tree.args.get("where") else []
    for join in joins:
        if join.side or join.args.get("using"):
            raise SqlError("unsupported", "this join is not understood")
        if join.args.get("on"):
            wanted.append(join.args["on"])
    if wanted:
        tree.set("where", exp.Where(this=exp.and_(*wanted)))
    return [join.this for join in joins]
