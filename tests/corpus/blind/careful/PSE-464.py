import calendar
import csv
import datetime
import re
import unicodedata

import pymysql
import pymysql.connections
import pymysql.cursors

_COLUMNS = ("id", "day", "product", "customer", "comment", "refund")

# Beginnings that make a cell a formula. Full-width forms are folded before.
_FORMULA = "=+-@\u2212"

# Words with which Excel takes a cell for a truth value, in the usual languages.
_TRUTH = {
    "true", "false", "wahr", "falsch", "vrai", "faux", "vero", "falso",
    "verdadero", "verdadeiro", "waar", "onwaar", "sand", "falsk", "sann",
    "sant", "usann", "tosi", "epätosi", "prawda", "fałsz",
}
# Words that may stand in a date, a time or an amount of money.
_UNITS = {
    "e", "a", "p", "am", "pm", "eur", "usd", "gbp", "chf", "fr", "kr", "dm",
    "zł", "kč", "ft", "lei", "r", "年", "月", "日", "時", "时", "分", "秒",
    "上午", "下午", "午前", "午後", "년", "월", "일",
}
_MONTH = re.compile(
    r"(?:jan|ene|gen|jän|feb|fev|fév|fev|mar|mär|mrz|maa|mrt|apr|avr|abr|may|mai|"
    r"maj|mag|mei|jun|jui|giu|jul|lug|aug|ago|aoû|aou|sep|set|oct|okt|ott|out|nov|"
    r"dec|dez|dic|déc)\w{0,7}"
)
_WORD = re.compile(r"[^\W\d_]+")
_PUNCTUATION = set(" .,:;/\\-+%\u2030()'\u2019^*\u2044\u2212\u2013")


def _looks_like_number(text: str) -> bool:
    """Whether Excel may take the text for a number, a date, a time or such."""
    if not any(char.isdigit() for char in text):
        return False
    for word in _WORD.findall(text):
        if word not in _UNITS and not _MONTH.fullmatch(word):
            return False
    return all(
        char.isdigit() or char in _PUNCTUATION or unicodedata.category(char) == "Sc"
        for char in _WORD.sub("", text)
    )


def _excel_converts(text: str) -> bool:
    """Whether Excel may show the cell as something other than this text."""
    if not text:
        return False
    if unicodedata.category(text[0]) == "Cc":
        return True
    visible = "".join(
        " " if unicodedata.category(char)[0] in "CZ" else char
        for char in unicodedata.normalize("NFKC", text)
    ).strip()
    if not visible:
        return False
    if visible[0] in _FORMULA:
        return True
    if re.fullmatch(r"#[\w/]+[!?]?", visible):  # like #N/A or #REF!
        return True
    folded = visible.lower()
    return folded in _TRUTH or _looks_like_number(folded)


def _text_cell(text: str | None) -> str:
    if text is None:
        return ""
    return "'" + text if _excel_converts(text) else text


def _plain_cell(value) -> str:
    return "" if value is None else str(value)


def _days_of(month: str) -> tuple[datetime.date, datetime.date]:
    if not re.fullmatch(r"[0-9]{4}-(?:0[1-9]|1[0-2])", month):
        raise ValueError("month must be like 2031-05")
    first = datetime.date(int(month[:4]), int(month[5:]), 1)  # no year 0
    return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])


def complaints_csv(
    connection: pymysql.connections.Connection, month: str, product: str, path: str
) -> int:
    """Write a month's complaints about a product as CSV; return how many."""
    first, last = _days_of(month)
    with connection.cursor(pymysql.cursors.Cursor) as cursor:
        cursor.execute(
            "SELECT id, day, product, customer, comment, refund FROM complaints "
            "WHERE day BETWEEN %s AND %s AND product = %s ORDER BY id",
            (first, last, product),
        )
        # MySQL's "=" may ignore case, accents and blanks at the end.
        rows = [row for row in cursor.fetchall() if row[2] == product]

    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(
            file, delimiter=";", quotechar='"', quoting=csv.QUOTE_MINIMAL,
            lineterminator="\r\n",
        )
        writer.writerow(_COLUMNS)
        for number, day, row_product, customer, comment, refund in rows:
            writer.writerow((
                _plain_cell(number),
                _plain_cell(day),
                _text_cell(row_product),
                _text_cell(customer),
                _text_cell(comment),
                _plain_cell(refund),
            ))
    return len(rows)
