import operator
import sqlite3

OPERATORS = {
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}
COLUMNS = ["number", "country", "total", "due"]


def parsed(condition):
    place = min((at for at in map(condition.find, "!<>=") if at >= 0), default=len(condition))
    column = condition[:place].strip()
    sign = next((sign for sign in OPERATORS if condition.startswith(sign, place)), None)
    if column not in COLUMNS or sign is None:
        raise ValueError("unknown column or operator")
    value = condition[place + len(sign) :].strip()
    if column == "total":
        digits = value.removeprefix("-")
        if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
            raise ValueError("total is a whole number")
        value = int(value)
    return COLUMNS.index(column), OPERATORS[sign], value


def run_filter(path, tenant, text):
    conditions = [parsed(condition) for condition in text.split(";") if condition.strip()]
    if len(conditions) > 20:
        raise ValueError("at most twenty conditions")
    connection = sqlite3.connect(path)
    try:
        rows = connection.execute(
            "SELECT id, number, country, total, due FROM invoices WHERE tenant = ? ORDER BY id", (tenant,)
        ).fetchall()
    finally:
        connection.close()
    return [
        number
        for number, *row in rows
        if all(row[column] is not None and holds(row[column], value) for column, holds, value in conditions)
    ]
