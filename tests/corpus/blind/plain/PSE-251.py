from contextlib import closing

import psycopg2
from psycopg2.extras import RealDictCursor

_ORDERS = {"name": "name", "price": "price", "stock": "stock"}
_DIRECTIONS = {"asc": "ASC", "desc": "DESC"}
_MOST = 100


def search_products(
    dsn: str, text: str, order: str = "name", direction: str = "asc", limit: int = 20
) -> list[dict]:
    if order not in _ORDERS:
        raise ValueError(f"unknown order: {order!r}")
    if direction not in _DIRECTIONS:
        raise ValueError(f"unknown direction: {direction!r}")
    if limit < 1:
        raise ValueError("limit must be at least 1")
    if "\0" in text:
        return []  # PostgreSQL has no such texts

    query = f"""
        SELECT id, name, price, stock
        FROM products
        WHERE %(text)s = '' OR strpos(name, %(text)s) > 0
        ORDER BY {_ORDERS[order]} {_DIRECTIONS[direction]}, id ASC
        LIMIT %(limit)s
    """
    with closing(psycopg2.connect(dsn)) as connection:
        with connection.cursor(cursor_factory=RealDictCursor) as cursor:
            cursor.execute(query, {"text": text, "limit": min(limit, _MOST)})
            return [dict(row) for row in cursor.fetchall()]
