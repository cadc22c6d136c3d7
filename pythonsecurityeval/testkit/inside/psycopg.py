"""psycopg2 without libpq: its own classes, quoting, type casts and exceptions over a socket of Python.

libpq opens its sockets in C, out of the seams' reach. So `psycopg2.connect`
makes a subclass of the real connection whose bottom speaks the protocol by
itself, and cursors whose bottom asks that; everything above, as far as it is
written in Python (`extras`, `sql`, `pool`), runs as it is.
"""

from __future__ import annotations

from typing import Any


def install() -> None:
    """Lead psycopg2 to sockets of Python; nothing happens where it is not installed."""
    try:
        import psycopg2  # type: ignore[import-untyped]  # it has no types
        import psycopg2.extensions  # type: ignore[import-untyped]  # it has no types
        import psycopg2.extras  # type: ignore[import-untyped]  # it has no types
        import psycopg2.sql  # type: ignore[import-untyped]  # it has no types
    except ImportError:
        return
    from pythonsecurityeval.testkit.inside import psycopg_connection, psycopg_quoting

    def literal(self: Any, _context: Any = None) -> str:
        return psycopg_quoting.literal(self.wrapped)

    def quote_ident(name: str, _scope: Any = None) -> str:
        return psycopg_quoting.identifier(name)

    psycopg2._connect = psycopg_connection.connect
    psycopg2.sql.Literal.as_string = literal
    for module in (psycopg2.extensions, psycopg2.extras):
        module.quote_ident = quote_ident
    for module in (psycopg2.extensions, psycopg2._psycopg):
        module.register_type = psycopg_connection.register_type
