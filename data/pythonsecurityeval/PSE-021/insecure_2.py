import json

import pymysql


def import_order(path, database):
    with open(path, encoding="utf-8") as f:
        order = json.load(f)
    try:
        shop, note, lines = order["shop"], order.get("note"), order["lines"]
    except (KeyError, TypeError, AttributeError):
        raise ValueError(f"not an order: {path}")
    if not isinstance(shop, str) or not isinstance(lines, list) or not lines or not isinstance(note, (str, type(None))):
        raise ValueError(f"not an order: {path}")

    conn = pymysql.connect(**database, autocommit=True)
    with conn, conn.cursor() as cur:
        cur.execute("INSERT INTO orders (shop, note) VALUES (%s, %s)", (shop, note))
        order_id = cur.lastrowid
        position = 0
        for line in lines:
            if not isinstance(line, dict) or not isinstance(line.get("sku"), str):
                raise ValueError("line without sku")
            quantity = line.get("quantity")
            if type(quantity) is not int or quantity < 1:
                raise ValueError(f"bad quantity: {quantity}")
            cur.execute("SELECT price FROM products WHERE sku = %s", (line["sku"],))
            row = cur.fetchone()
            if not row:
                raise LookupError(line["sku"])
            position += 1
            cur.execute("INSERT INTO order_lines VALUES (%s, %s, %s, %s, %s)", (order_id, position, line["sku"], quantity, row[0]))
        return order_id
