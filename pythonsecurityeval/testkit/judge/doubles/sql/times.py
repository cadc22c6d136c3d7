"""Arithmetic with times, as SQLite has it: intervals, parts, and beginnings of months and the like."""

from __future__ import annotations

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError

_UNITS = {"microsecond", "second", "minute", "hour", "day", "month", "year"}
_STARTS = {
    "year": "%Y-01-01 00:00:00",
    "month": "%Y-%m-01 00:00:00",
    "day": "%Y-%m-%d 00:00:00",
    "hour": "%Y-%m-%d %H:00:00",
    "minute": "%Y-%m-%d %H:%M:00",
    "second": "%Y-%m-%d %H:%M:%S",
}


def moved(node: exp.Expression, *_: object) -> exp.Expression:
    """A time and an interval."""
    step, base = node.expression, node.this
    sign = "-" if isinstance(node, exp.Sub | exp.DateSub) else "+"
    unit = node.args.get("unit")
    if isinstance(step, exp.Interval):
        unit, step = step.args.get("unit"), step.this
    elif not isinstance(node, exp.DateAdd | exp.DateSub):
        return node
    word = str(unit.name if unit else "day").lower().rstrip("s")
    amount: exp.Expression = exp.Literal.string(str(step.this)) if isinstance(step, exp.Literal) else step
    if word == "week":
        word, amount = "day", exp.Mul(this=amount, expression=exp.Literal.number(7))
    if word not in _UNITS:
        raise SqlError("unsupported", "an interval of this unit is not understood")
    text = exp.DPipe(
        this=exp.Literal.string(sign), expression=exp.DPipe(this=amount, expression=exp.Literal.string(f" {word}"))
    )
    return exp.Anonymous(this="DATETIME", expressions=[base, text])


def truncated(node: exp.Expression, *_: object) -> exp.Expression:
    """``date_trunc('month', t)``; what it is compared with becomes a time as well."""
    unit = node.args["unit"].name.lower()
    if unit not in _STARTS:
        raise SqlError("unsupported", "date_trunc of this is not understood")
    if isinstance(node.parent, exp.Predicate) and isinstance(node.parent, exp.Binary):
        key = "expression" if node.arg_key == "this" else "this"
        node.parent.set(key, exp.Anonymous(this="DATETIME", expressions=[node.parent.args[key]]))
    return exp.Anonymous(this="STRFTIME", expressions=[exp.Literal.string(_STARTS[unit]), node.this])


def extracted(node: exp.Expression, *_: object) -> exp.Expression:
    """``EXTRACT(month FROM t)``."""
    codes = {"EPOCH": "%s", "YEAR": "%Y", "MONTH": "%m", "DAY": "%d", "HOUR": "%H", "MINUTE": "%M", "DOW": "%w"}
    code = codes.get(node.name.upper())
    if code is None:
        raise SqlError("unsupported", "EXTRACT of this is not understood")
    taken = exp.Anonymous(this="STRFTIME", expressions=[exp.Literal.string(code), node.expression])
    return exp.Cast(this=taken, to=exp.DataType.build("int"))
