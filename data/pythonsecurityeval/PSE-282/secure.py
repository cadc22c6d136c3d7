import csv
import re

PRICE = re.compile(r"([0-9]{1,7}|[0-9]{1,3}(?:\.[0-9]{3}){1,2})(?:,([0-9]{1,2}))?")
UPSERT = """
INSERT INTO prices (tenant_id, sku, title, cents) VALUES (%s, %s, %s, %s)
ON DUPLICATE KEY UPDATE title = VALUES(title), cents = VALUES(cents)
"""


def cents(text):
    match = PRICE.fullmatch(text.strip())
    if not match or len(match[1].replace(".", "")) > 7:
        raise ValueError(f"not a price: {text}")
    return int(match[1].replace(".", "")) * 100 + int((match[2] or "").ljust(2, "0"))


def load_prices(conn, tenant_id, path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, delimiter=";", restval="")
        if not {"sku", "title", "price"} <= set(reader.fieldnames or ()):
            raise ValueError("a column is missing")
        rows = [(tenant_id, line["sku"], line["title"], cents(line["price"])) for line in reader]
    if not all(sku for _, sku, _, _ in rows):
        raise ValueError("a line without sku")
    with conn.cursor() as cursor:
        for row in rows:
            cursor.execute(UPSERT, row)
    conn.commit()
    return len(rows)
