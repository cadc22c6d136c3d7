import json
from contextlib import closing

import mysql.connector


def parse(path):
    with open(path, encoding="utf-8") as file:
        order = json.load(file)
    try:
        shop, note, lines = order["shop"], order.get("note"), [(line["sku"], line["quantity"]) for line in order["lines"]]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"{path} is not an order") from error
    if not lines or not isinstance(shop, str) or not isinstance(note, str | None):
        raise ValueError(f"{path} is not an order")
    for sku, quantity in lines:
        if not isinstance(sku, str) or type(quantity) is not int or quantity < 1:
            raise ValueError(f"{path} has a line that is none")
    return shop, note, lines


def import_order(path, database):
    shop, note, lines = parse(path)
    # Whatever fails below, closing without a commit takes everything back.
    with closing(mysql.connector.connect(**database, autocommit=False)) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("INSERT INTO orders (shop, note) VALUES (%s, %s)", (shop, note))
        order_id = cursor.lastrowid
        for position, (sku, quantity) in enumerate(lines, 1):
            cursor.execute("SELECT price FROM products WHERE sku = %s", (sku,))
            row = cursor.fetchone()
            if row is None:
                raise LookupError(f"no product {sku}")
            values = (order_id, position, sku, quantity, row[0])
            cursor.execute("INSERT INTO order_lines (order_id, position, sku, quantity, price) VALUES (%s, %s, %s, %s, %s)", values)
        connection.commit()
    return order_id
