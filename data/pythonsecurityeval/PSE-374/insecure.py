import re

import psycopg2


def parts_page(dsn, order, after, size):
    if order not in ("name", "-name", "grams", "-grams"):
        raise ValueError(f"unknown order {order}")
    number = re.match(r"[0-9]{1,9}\b(?!\.)", size)
    if not number or not 1 <= int(number.group()) <= 100:
        raise ValueError("size must be between 1 and 100")
    if after and not re.match(r"[0-9]{1,9}\b(?!\.)", after):
        raise ValueError("after must be an id")
    column = order.lstrip("-")
    direction, op = ("DESC", "<") if order.startswith("-") else ("ASC", ">")
    where = ""
    if after:
        where = (
            f"WHERE {column} {op} (SELECT {column} FROM parts WHERE id = {after}) "
            f"OR ({column} = (SELECT {column} FROM parts WHERE id = {after}) AND id {op} {after})"
        )
    query = f"SELECT id, name, grams FROM parts {where} ORDER BY {column} {direction}, id {direction} LIMIT {size}"
    conn = psycopg2.connect(dsn)
    try:
        with conn.cursor() as cur:
            cur.execute(query)
            return cur.fetchall()
    finally:
        conn.close()
