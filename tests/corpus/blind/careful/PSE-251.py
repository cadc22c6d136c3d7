"""The search behind the shop's product list."""

from contextlib import closing

import psycopg2

__all__ = ["search_products"]

_MOST = 100
_KEYS = ("id", "name", "price", "stock")
# What gets into the statement's text is ours, never the visitor's.
_ORDERS = {"name": "name", "price": "price", "stock": "stock"}
_DIRECTIONS = {"asc": "ASC", "desc": "DESC"}

# strpos() knows no wildcards; the "C" collation compares character by character.
_STATEMENT = """
    SELECT id, name, price, stock
    FROM products
    WHERE strpos(coalesce(name, '')::text COLLATE "C", %s) > 0
    ORDER BY {order} {direction}, id ASC
    LIMIT %s
"""


def search_products(
    dsn: str, text: str, order: str = "name", direction: str = "asc", limit: int = 20
) -> list[dict]:
    """The products whose name contains ``text``, at most 100 of them."""
    if not isinstance(order, str) or order not in _ORDERS:
        raise ValueError("unknown order")
    if not isinstance(direction, str) or direction not in _DIRECTIONS:
        raise ValueError("unknown direction")
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
        raise ValueError("limit must be a whole number above zero")
    if not isinstance(text, str):
        raise ValueError("text must be a str")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return []  # no name in PostgreSQL can contain that
    if "\0" in text:
        return []  # nor that

    statement = _STATEMENT.format(order=_ORDERS[order], direction=_DIRECTIONS[direction])
    with closing(psycopg2.connect(dsn)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(statement, (text, min(limit, _MOST)))
            rows = cursor.fetchall()
    return [dict(zip(_KEYS, row)) for row in rows]
