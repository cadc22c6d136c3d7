"""Table definitions of MySQL and PostgreSQL as SQLite is to keep them.

Column types keep a name by which results get their type back (``BOOLEAN``,
``DECIMAL_2``, ``TIMESTAMP``); lengths and number types are checked, since the
servers check them. More lenient than the servers: an integer primary key
always counts up by itself.
"""

from __future__ import annotations

from sqlglot import exp

from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour

_TYPE = exp.DataType.Type
_INTEGERS = {*exp.DataType.INTEGER_TYPES, _TYPE.SERIAL, _TYPE.BIGSERIAL, _TYPE.SMALLSERIAL, _TYPE.BIT, _TYPE.YEAR}
_SERIALS = {_TYPE.SERIAL, _TYPE.BIGSERIAL, _TYPE.SMALLSERIAL}
#: What a column takes, by bits; numbers of 64 bits with a sign are all that SQLite has.
_SIGNED = {
    8: (_TYPE.TINYINT,),
    16: (_TYPE.SMALLINT, _TYPE.SMALLSERIAL),
    24: (_TYPE.MEDIUMINT,),
    32: (_TYPE.INT, _TYPE.SERIAL),
}
_UNSIGNED = {8: _TYPE.UTINYINT, 16: _TYPE.USMALLINT, 24: _TYPE.UMEDIUMINT, 32: _TYPE.UINT, 64: _TYPE.UBIGINT}
_RANGES = {
    **{kind: (-(1 << bits - 1), (1 << bits - 1) - 1) for bits, kinds in _SIGNED.items() for kind in kinds},
    **{kind: (0, (1 << bits) - 1) for bits, kind in _UNSIGNED.items()},
}
_REALS = {_TYPE.FLOAT, _TYPE.DOUBLE}
_BYTES = {
    _TYPE.BINARY,
    _TYPE.VARBINARY,
    _TYPE.BLOB,
    _TYPE.MEDIUMBLOB,
    _TYPE.LONGBLOB,
    _TYPE.TINYBLOB,
}
_NAMED = {
    _TYPE.BOOLEAN: "BOOLEAN",
    _TYPE.TIMESTAMP: "TIMESTAMP",
    _TYPE.DATETIME: "TIMESTAMP",
    _TYPE.DATETIME2: "TIMESTAMP",
    _TYPE.SMALLDATETIME: "TIMESTAMP",
    _TYPE.TIMESTAMPNTZ: "TIMESTAMP",
    _TYPE.TIMESTAMPTZ: "TIMESTAMPTZ",
    _TYPE.TIMESTAMPLTZ: "TIMESTAMPTZ",
    _TYPE.DATE: "DATE",
    _TYPE.TIME: "TIME",
    _TYPE.JSON: "JSON_TEXT",
    _TYPE.JSONB: "JSON_TEXT",
    _TYPE.UUID: "UUID_TEXT",
}
_KEPT = (
    exp.NotNullColumnConstraint,
    exp.PrimaryKeyColumnConstraint,
    exp.UniqueColumnConstraint,
    exp.DefaultColumnConstraint,
    exp.CheckColumnConstraint,
    exp.Reference,
)
_AUTO = (exp.AutoIncrementColumnConstraint, exp.GeneratedAsIdentityColumnConstraint)
_PLAIN_DEFAULTS = (exp.Literal, exp.Boolean, exp.Null, exp.Neg, exp.CurrentTimestamp, exp.CurrentDate, exp.Paren)
MOST_SCALE = 12


def column_type(kind: exp.DataType, flavour: Flavour) -> str:
    """SQLite's name for a type; the affinity follows from it and results are typed by it."""
    if flavour == "mysql" and kind.this == _TYPE.BOOLEAN:
        return "INTEGER"
    if flavour == "tsql" and kind.this == _TYPE.BIT:
        return "BOOLEAN"
    if kind.this in _INTEGERS:
        return "INTEGER"
    if kind.this in _REALS:
        return "REAL"
    if kind.this in _BYTES or (flavour == "postgres" and kind.this == _TYPE.VARBINARY) or kind.this == _TYPE.IMAGE:
        return "BLOB"
    if kind.this in {_TYPE.DECIMAL, _TYPE.BIGDECIMAL, _TYPE.MONEY}:
        sizes = _sizes(kind)
        return f"DECIMAL_{min(sizes[1], MOST_SCALE)}" if len(sizes) > 1 else "DECIMAL_0" if sizes else "NUMERIC"
    name = _NAMED.get(kind.this, "TEXT")
    return "TIMESTAMP" if flavour == "mysql" and name == "TIMESTAMPTZ" else name


def _sizes(kind: exp.DataType) -> list[int]:
    return [int(p.this.this) for p in kind.expressions if isinstance(p, exp.DataTypeParam) and p.this.is_int]


def rewrite_create(tree: exp.Create, flavour: Flavour) -> None:
    """Turn a CREATE TABLE into one of SQLite, in place."""
    tree.set("properties", None)
    schema = tree.this
    if not isinstance(schema, exp.Schema):
        return
    columns = {c.name.lower(): c for c in schema.expressions if isinstance(c, exp.ColumnDef)}
    kept: list[exp.Expression] = []
    for item in schema.expressions:
        rewritten = item if isinstance(item, exp.ColumnDef) else _table_constraint(item, columns)
        if rewritten is not None:
            kept.append(rewritten)
    for column in columns.values():
        rewrite_column(column, flavour)
    schema.set("expressions", kept)


def _table_constraint(item: exp.Expression, columns: dict[str, exp.ColumnDef]) -> exp.Expression | None:
    """A constraint of the table; a key over one column moves to the column, an index is dropped."""
    if isinstance(item, exp.IndexColumnConstraint):
        return None
    if isinstance(item, exp.Constraint) and item.expressions:
        item = item.expressions[0]
    if isinstance(item, exp.PrimaryKey):
        item.set("expressions", [e.this if isinstance(e, exp.Ordered) else e for e in item.expressions])
        item.set("include", None)
        keys = [columns[e.name.lower()] for e in item.expressions if e.name.lower() in columns]
        if len(item.expressions) == 1 and keys:
            keys[0].append("constraints", exp.ColumnConstraint(kind=exp.PrimaryKeyColumnConstraint()))
            return None
        for key in keys:
            key.append("constraints", exp.ColumnConstraint(kind=exp.NotNullColumnConstraint()))
    if isinstance(item, exp.UniqueColumnConstraint) and isinstance(item.this, exp.Schema):
        item.this.set("this", None)
    return item


def rewrite_column(column: exp.ColumnDef, flavour: Flavour) -> None:
    """Turn a column definition into one of SQLite, in place."""
    kind = column.args.get("kind")
    if not isinstance(kind, exp.DataType):
        kind = exp.DataType.build("text")
    constraints = column.args.get("constraints") or []
    auto = kind.this in _SERIALS or any(isinstance(c.kind, _AUTO) for c in constraints)
    primary = any(isinstance(c.kind, exp.PrimaryKeyColumnConstraint) for c in constraints)
    name = column_type(kind, flavour)
    kept = [_constraint(c) for c in constraints if isinstance(c.kind, _KEPT)]
    kept = [c for c in kept if not (primary and isinstance(c.kind, exp.NotNullColumnConstraint))]
    if primary and auto:
        kept.append(exp.ColumnConstraint(kind=exp.AutoIncrementColumnConstraint()))
        kept.sort(key=lambda c: isinstance(c.kind, exp.AutoIncrementColumnConstraint))
        kept.sort(
            key=lambda c: not isinstance(c.kind, exp.PrimaryKeyColumnConstraint)
            and not isinstance(c.kind, exp.AutoIncrementColumnConstraint)
        )
    kept += _checks(column.name, kind, name)
    if name == "TEXT" and flavour != "postgres":
        kept.append(exp.ColumnConstraint(kind=exp.CollateColumnConstraint(this=exp.var("NOCASE"))))
    column.set("kind", exp.DataType(this=_TYPE.USERDEFINED, kind=name))
    column.set("constraints", kept)


def _constraint(constraint: exp.ColumnConstraint) -> exp.ColumnConstraint:
    default = constraint.kind
    if isinstance(default, exp.DefaultColumnConstraint):
        value = default.this
        if isinstance(value, exp.Cast):
            value = value.this
        default.set("this", value if isinstance(value, _PLAIN_DEFAULTS) else exp.Paren(this=value))
    constraint.set("this", None)
    return constraint


def _checks(column: str, kind: exp.DataType, name: str) -> list[exp.ColumnConstraint]:
    quoted = exp.to_identifier(column, quoted=True)
    sizes = _sizes(kind)
    if name == "TEXT" and sizes and kind.this in exp.DataType.TEXT_TYPES:
        length = exp.Length(this=exp.Column(this=quoted))
        return [_check(f"too_long_{column}", exp.LTE(this=length, expression=exp.Literal.number(sizes[0])))]
    numbers = {"INTEGER": "integer", "REAL": "integer real"}.get(
        name, "integer real" if name.startswith(("DEC", "NUM")) else ""
    )
    if not numbers:
        return []
    typed = exp.Anonymous(this="TYPEOF", expressions=[exp.Column(this=quoted)])
    allowed = [exp.Literal.string(text) for text in (*numbers.split(), "null")]
    found = [_check(f"bad_value_{column}", exp.In(this=typed, expressions=allowed))]
    if kind.this in _RANGES:
        least, greatest = map(exp.convert, _RANGES[kind.this])
        within = exp.Between(this=exp.Column(this=quoted.copy()), low=least, high=greatest)
        found.append(_check(f"out_of_range_{column}", within))
    return found


def _check(name: str, condition: exp.Expression) -> exp.ColumnConstraint:
    return exp.ColumnConstraint(
        this=exp.to_identifier(name, quoted=True), kind=exp.CheckColumnConstraint(this=condition)
    )
