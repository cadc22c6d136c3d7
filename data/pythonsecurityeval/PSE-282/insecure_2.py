import csv
import re
from decimal import Decimal


def quote(text):
    return "'" + text.replace("'", "''") + "'"


def load_prices(conn, tenant_id, path):
    lines = []
    with open(path, newline="", encoding="utf-8-sig") as f:
        reader = csv.DictReader(f, delimiter=";")
        if not {"sku", "title", "price"}.issubset(reader.fieldnames or []):
            raise ValueError("sku, title and price are required")
        for row in reader:
            price = row["price"] or ""
            if not row["sku"] or not re.fullmatch(r"(\d{1,7}|\d{1,3}(\.\d{3}){1,2})(,\d{1,2})?", price):
                raise ValueError(f"line {reader.line_num}")
            value = Decimal(price.replace(".", "").replace(",", "."))
            if value >= 10_000_000:
                raise ValueError(f"line {reader.line_num}: too high")
            lines.append((row["sku"], row["title"], int(value * 100)))
    with conn.cursor() as cursor:
        for sku, title, cents in lines:
            cursor.execute(
                f"INSERT INTO prices (tenant_id, sku, title, cents) VALUES ({tenant_id}, {quote(sku)}, {quote(title)}, {cents}) "
                f"ON DUPLICATE KEY UPDATE title = VALUES(title), cents = VALUES(cents)"
            )
    conn.commit()
    return len(lines)
