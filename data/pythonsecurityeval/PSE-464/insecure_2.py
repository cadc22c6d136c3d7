import csv
import re

HEADER = ["id", "day", "product", "customer", "comment", "refund"]


def cell(value):
    if value is None:
        return ""
    if isinstance(value, str) and value.strip() and value.strip()[0] in "=+-@|%＝＋－＠" or isinstance(value, str) and value[:1] in ("\t", "\r", "\n"):
        return "'" + value
    return str(value)


def complaints_csv(connection, month, product, path):
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month):
        raise ValueError("month must look like 2031-05")
    sql = f'SELECT {", ".join(HEADER)} FROM complaints WHERE day BETWEEN "{month}-01" AND "{month}-31" AND product = "{product}" ORDER BY id'
    cursor = connection.cursor()
    cursor.execute(sql)
    count = 0
    with open(path, "w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        for row in cursor.fetchall():
            writer.writerow([cell(value) for value in row])
            count += 1
    return count
