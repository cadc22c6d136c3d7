import json
from pathlib import Path

import pymysql


def is_order(data):
    if not isinstance(data, dict) or not isinstance(data.get("shop"), str) or not isinstance(data.get("note", ""), (str, type(None))):
        return False
    lines = data.get("lines")
    return isinstance(lines, list) and lines != [] and all(
        isinstance(line, dict)
        and isinstance(line.get("sku"), str)
        and isinstance(line.get("quantity"), int)
        and not isinstance(line["quantity"], bool)
        and line["quantity"] > 0
        for line in lines
    )


def import_order(path, database):
    data = json.loads(Path(path).read_bytes())
    if not is_order(data):
        raise ValueError("not an order")
    connection = pymysql.connect(**database, charset="utf8mb4")
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT sku, price FROM products WHERE sku IN %s", ({line["sku"] for line in data["lines"]},))
            prices = dict(cursor.fetchall())
            lines = [(line["sku"], line["quantity"], prices[line["sku"]]) for line in data["lines"]]
            cursor.execute("INSERT INTO orders (shop, note) VALUES (%s, %s)", (data["shop"], data.get("note")))
            number = cursor.lastrowid
            rows = [(number, place + 1, *line) for place, line in enumerate(lines)]
            cursor.executemany("INSERT INTO order_lines VALUES (%s, %s, %s, %s, %s)", rows)
        connection.commit()
        return number
    finally:
        connection.close()
