import csv
import re
from datetime import date

QUERY = """
SELECT id, day, product, customer, comment, refund FROM complaints
WHERE day >= %s AND day < %s AND product = %s ORDER BY id
"""


def shown(value):
    if isinstance(value, str) and re.match(r"\s*[=+@＝＋－＠-]|[\t\r\n]", value):
        return "'" + value
    return value


def complaints_csv(connection, month, product, path):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", month):
        raise ValueError("not a month")
    first = date.fromisoformat(month + "-01")
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    with connection.cursor() as cursor, open(path, "w", encoding="utf-8-sig", newline="") as file:
        cursor.execute(QUERY, (first, after, product))
        writer = csv.writer(file, delimiter=";")
        writer.writerow([column[0] for column in cursor.description])
        rows = [[shown(value) for value in row] for row in cursor.fetchall()]
        writer.writerows(rows)
    return len(rows)
