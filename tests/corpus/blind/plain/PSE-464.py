import calendar
import csv
import re
from datetime import date

import pymysql
import pymysql.connections
import pymysql.cursors

_COLUMNS = ["id", "day", "product", "customer", "comment", "refund"]

# Beginnings that Excel takes for a formula or an error value.
_TRIGGERS = set("=+-@#＝＋－＠")
# Words that may stand in a number, date or time.
_MONTHS = (
    "jan", "feb", "mar", "mär", "apr", "may", "mai", "jun", "jul", "aug", "sep",
    "oct", "okt", "nov", "dec", "dez",
)
_VALUE_WORDS = {"e", "am", "pm"}
_BOOLEANS = {"true", "false", "wahr", "falsch"}


def _looks_like_value(text: str) -> bool:
    """Whether Excel might turn the text into a number, date, time or boolean."""
    lowered = text.lower()
    if lowered.strip() in _BOOLEANS:
        return True
    if not any(char.isdigit() for char in lowered):
        return False
    words = re.findall(r"[^\W\d_]+", lowered)
    return all(word in _VALUE_WORDS or word.startswith(_MONTHS) for word in words)


def _text_cell(text: str | None) -> str:
    """The text, with an apostrophe in front if Excel wouldn't leave it a text."""
    if not text:
        return ""
    first = next((c for c in text if c.isprintable() and not c.isspace()), "")
    if text[0] in "\t\r\n" or first in _TRIGGERS or _looks_like_value(text):
        return "'" + text
    return text


def _plain_cell(value) -> str:
    return "" if value is None else str(value)


def _month_range(month: str) -> tuple[date, date]:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", month):
        raise ValueError("the month must look like 2031-05")
    first = date.fromisoformat(month + "-01")
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def complaints_csv(
    connection: pymysql.connections.Connection, month: str, product: str, path: str
) -> int:
    """Write a month's complaints about a product to a CSV file for Excel."""
    first, last = _month_range(month)
    with connection.cursor(pymysql.cursors.Cursor) as cursor:
        cursor.execute(
            "SELECT id, day, product, customer, comment, refund FROM complaints"
            " WHERE day BETWEEN %s AND %s AND product = %s ORDER BY id",
            (first, last, product),
        )
        # MySQL's comparison usually ignores case and accents, ours doesn't.
        rows = [row for row in cursor.fetchall() if row[2] == product]

    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(_COLUMNS)
        for id_, day, product_, customer, comment, refund in rows:
            writer.writerow(
                [
                    _plain_cell(id_),
                    _plain_cell(day),
                    _text_cell(product_),
                    _text_cell(customer),
                    _text_cell(comment),
                    _plain_cell(refund),
                ]
            )
    return len(rows)
