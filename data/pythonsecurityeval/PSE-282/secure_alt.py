import re
from decimal import Decimal

import pandas


def amount(text):
    if not re.fullmatch(r"(\d{1,7}|\d{1,3}(\.\d{3})+)(,\d{1,2})?", text, re.ASCII):
        raise ValueError("price of another look")
    value = Decimal(text.replace(".", "").replace(",", "."))
    if value >= 10_000_000:
        raise ValueError("price too high")
    return int(value * 100)


def load_prices(conn, tenant_id, path):
    try:
        frame = pandas.read_csv(path, sep=";", dtype=str, keep_default_na=False, encoding="utf-8-sig", index_col=False)
        offers = {sku: (title, amount(price)) for sku, title, price in frame[["sku", "title", "price"]].values.tolist()}
    except KeyError as error:
        raise ValueError("columns sku, title and price are needed") from error
    if "" in offers:
        raise ValueError("empty sku")
    with conn.cursor() as cursor:
        cursor.execute("SELECT sku FROM prices WHERE tenant_id = %s", (tenant_id,))
        known = {row[0] for row in cursor.fetchall()}
        for sku, (title, price) in offers.items():
            if sku in known:
                sql = "UPDATE prices SET title = %s, cents = %s WHERE tenant_id = %s AND sku = %s"
            else:
                sql = "INSERT INTO prices (title, cents, tenant_id, sku) VALUES (%s, %s, %s, %s)"
            cursor.execute(sql, (title, price, tenant_id, sku))
    conn.commit()
    return len(offers)
