from contextlib import closing

import psycopg2
from psycopg2 import sql
from psycopg2.extras import RealDictCursor

ORDERS = {"name", "price", "stock"}
DIRECTIONS = {"asc": sql.SQL("ASC"), "desc": sql.SQL("DESC")}
MOST = 100
SEARCH = sql.SQL(
    "SELECT id, name, price, stock FROM products WHERE name LIKE {pattern} ORDER BY {column} {direction}, id LIMIT {limit}"
)


def literally(text):
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text


def search_products(dsn, text, order="name", direction="asc", limit=20):
    if order not in ORDERS or direction not in DIRECTIONS or limit < 1:
        raise ValueError("bad order, direction or limit")
    statement = SEARCH.format(
        pattern=sql.Placeholder(),
        column=sql.Identifier(order),
        direction=DIRECTIONS[direction],
        limit=sql.Placeholder(),
    )
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute(statement, (f"%{literally(text)}%", min(limit, MOST)))
        return [dict(row) for row in cursor]
