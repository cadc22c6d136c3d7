import re
from contextlib import closing

import psycopg2
from psycopg2 import sql

PAGE = sql.SQL("""
SELECT p.id, p.name, p.grams FROM parts p, parts seen
WHERE seen.id = %(after)s AND (p.{column} {beyond} seen.{column} OR p.{column} = seen.{column} AND p.id {beyond} seen.id)
ORDER BY p.{column} {way}, p.id {way} LIMIT %(size)s
""")
FIRST = sql.SQL("SELECT id, name, grams FROM parts ORDER BY {column} {way}, id {way} LIMIT %(size)s")


def parts_page(dsn, order, after, size):
    column = order.removeprefix("-")
    if column not in ("name", "grams") or not re.fullmatch("[0-9]{0,9}", after):
        raise ValueError("unknown order or row")
    if not re.fullmatch("[0-9]{1,9}", size) or not 1 <= int(size) <= 100:
        raise ValueError("not a size")
    beyond, way = ("<", "DESC") if order.startswith("-") else (">", "ASC")
    parts = {"column": sql.Identifier(column), "beyond": sql.SQL(beyond), "way": sql.SQL(way)}
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        cursor.execute((PAGE if after else FIRST).format(**parts), {"after": int(after or 0), "size": int(size)})
        return cursor.fetchall()
