import json

import mysql.connector


def quote(value):
    if value is None:
        return "NULL"
    return "'" + value.replace("'", "''") + "'"


def import_order(path, database):
    with open(path, encoding="utf-8") as f:
        order = json.load(f)
    if not isinstance(order, dict) or not isinstance(order.get("shop"), str):
        raise ValueError("no shop")
    if not isinstance(order.get("note"), (str, type(None))):
        raise ValueError("bad note")
    if not isinstance(order.get("lines"), list) or not order["lines"]:
        raise ValueError("no lines")
    for line in order["lines"]:
        if not isinstance(line, dict) or not isinstance(line.get("sku"), str):
            raise ValueError("bad line")
        if type(line.get("quantity")) is not int or line["quantity"] <= 0:
            raise ValueError("bad quantity")

    conn = mysql.connector.connect(**database)
    cursor = conn.cursor()
    try:
        cursor.execute(f"INSERT INTO orders (shop, note) VALUES ({quote(order['shop'])}, {quote(order.get('note'))})")
        order_id = cursor.lastrowid
        for position, line in enumerate(order["lines"], start=1):
            cursor.execute(f"SELECT sku, price FROM products WHERE sku = {quote(line['sku'])}")
            product = cursor.fetchone()
            if product is None:
                raise LookupError(f"unknown product {line['sku']}")
            cursor.execute(
                f"INSERT INTO order_lines (order_id, position, sku, quantity, price) "
                f"VALUES ({order_id}, {position}, {quote(product[0])}, {line['quantity']}, {product[1]})"
            )
        conn.commit()
        return order_id
    except Exception:
        conn.rollback()
        raise
    finally:
        cursor.close()
        conn.close()
