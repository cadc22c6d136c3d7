"""The dialect that statements are written in for SQLite.

Names stand in backticks: SQLite takes an unknown name in double quotes for a
string, which would turn a wrong column into a value.
"""

from __future__ import annotations

from sqlglot import exp
from sqlglot.dialects.sqlite import SQLite


def _part(code: str, moment: str) -> str:
    return f"CAST(STRFTIME('{code}', {moment}) AS INTEGER)"


class Target(SQLite):
    """SQLite with backticks, types by the name they were given, and literals of any content."""

    class Tokenizer(SQLite.Tokenizer):
        """Only its quotes matter: the generator takes them from here."""

        IDENTIFIERS = ["`"]  # noqa: RUF012  the library's form

    class Generator(SQLite.Generator):
        """What differs from the library's SQLite."""

        SUPPORTS_TABLE_ALIAS_COLUMNS = True

        TRANSFORMS = {  # noqa: RUF012  the library's form
            **SQLite.Generator.TRANSFORMS,
            exp.Greatest: lambda self, e: self.func("MAX", e.this, *e.expressions),
            exp.Least: lambda self, e: self.func("MIN", e.this, *e.expressions),
            exp.Left: lambda self, e: self.func("SUBSTR", e.this, exp.Literal.number(1), e.expression),
            exp.Right: lambda self, e: self.func("SUBSTR", e.this, exp.Neg(this=e.expression)),
            exp.Year: lambda self, e: _part("%Y", self.sql(e, "this")),
            exp.Month: lambda self, e: _part("%m", self.sql(e, "this")),
            exp.Day: lambda self, e: _part("%d", self.sql(e, "this")),
            exp.Hour: lambda self, e: _part("%H", self.sql(e, "this")),
            exp.Minute: lambda self, e: _part("%M", self.sql(e, "this")),
            exp.Second: lambda self, e: _part("%S", self.sql(e, "this")),
            exp.TimestampDiff: lambda self, e: self.func(
                "TIME_BETWEEN", e.expression, e.this, exp.Literal.string(e.text("unit"))
            ),
            exp.UnixToTime: lambda self, e: self.func("DATETIME", e.this, exp.Literal.string("unixepoch")),
            exp.AtTimeZone: lambda self, e: self.sql(e, "this"),
            exp.NullSafeEQ: lambda self, e: self.binary(e, "IS"),
            exp.NullSafeNEQ: lambda self, e: self.binary(e, "IS NOT"),
        }

        def literal_sql(self, expression: exp.Literal) -> str:
            """A literal; text that SQL text cannot hold is written as bytes."""
            text = str(expression.this)
            if expression.is_string and not text.isprintable():
                raw = text.encode("utf-8", "surrogateescape").hex()
                broken = any("\ud800" <= c <= "\udfff" for c in text)
                return f"x'{raw}'" if broken else f"CAST(x'{raw}' AS TEXT)"
            return super().literal_sql(expression)
