import csv
from datetime import datetime


def complaints_csv(connection, month, product, path):
    if len(month) != 7:
        raise ValueError(f"bad month: {month}")
    datetime.strptime(month, "%Y-%m")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, day, product, customer, comment, refund FROM complaints "
            "WHERE day LIKE %s AND product = %s ORDER BY id",
            (month + "-%", product),
        )
        rows = cursor.fetchall()
    with open(path, "w", newline="", encoding="utf-8-sig") as f:
        writer = csv.writer(f, delimiter=";", quotechar='"', quoting=csv.QUOTE_MINIMAL)
        writer.writerow(["id", "day", "product", "customer", "comment", "refund"])
        for row in rows:
            writer.writerow(["" if value is None else str(value) for value in row])
    return len(rows)
