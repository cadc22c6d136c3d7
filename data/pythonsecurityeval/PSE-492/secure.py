import re
from contextlib import closing

import psycopg2
from psycopg2 import sql

COLUMNS = {"sku", "title", "stock", "shelf"}
UPSERT = sql.SQL("INSERT INTO items ({}) VALUES ({}) ON CONFLICT (supplier, sku) DO UPDATE SET {}")


def checked(row):
    if not row.keys() <= COLUMNS or not row.get("sku"):
        raise ValueError("not a row of the stock list")
    if "stock" in row and not re.fullmatch("[0-9]{1,6}", row["stock"]):
        raise ValueError("not a stock")
    return {name: int(text) if name == "stock" else text or None for name, text in row.items()}


def paste_stock(dsn, supplier, rows):
    items = [checked(row) for row in rows]
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        for item in items:
            names = ["supplier", *item]
            changes = [sql.SQL("{0} = EXCLUDED.{0}").format(sql.Identifier(name)) for name in item]
            parts = map(sql.Identifier, names), [sql.Placeholder()] * len(names), changes
            cursor.execute(UPSERT.format(*map(sql.SQL(", ").join, parts)), (supplier, *item.values()))
    return len(items)
