from datetime import datetime

import pandas

COLUMNS = ["id", "day", "product", "customer", "comment", "refund"]
TEXTS = ["product", "customer", "comment"]


def as_text(value):
    """Only what begins with a letter or a digit stays as it is."""
    if value is None or value[:1].isalnum():
        return value
    return "'" + value


def complaints_csv(connection, month, product, path):
    if len(month) != 7 or not month.replace("-", "", 1).isascii():
        raise ValueError("not a month")
    start = datetime.strptime(month, "%Y-%m").date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, day, product, customer, comment, refund FROM complaints WHERE product = %(product)s", {"product": product})
        rows = [row for row in cursor.fetchall() if (row[1].year, row[1].month) == (start.year, start.month)]
    frame = pandas.DataFrame(sorted(rows, key=lambda row: row[0]), columns=COLUMNS, dtype=object)
    for column in TEXTS:
        frame[column] = [as_text(value) for value in frame[column]]
    frame.to_csv(path, sep=";", index=False, encoding="utf-8-sig", lineterminator="\r\n")
    return len(frame)
