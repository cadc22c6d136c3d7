import re
import sqlite3
from contextlib import closing

CONDITION = re.compile(r"(number|country|total|due)\s*(!=|<=|>=|=|<|>)(.*)", re.DOTALL)


def run_filter(path, tenant, text):
    terms, values = ["tenant = ?"], [tenant]
    for condition in filter(None, map(str.strip, text.split(";"))):
        match = CONDITION.fullmatch(condition)
        if not match:
            raise ValueError(f"not a condition: {condition}")
        column, operator, value = match[1], match[2], match[3].strip()
        if column == "total":
            if not re.fullmatch("-?[0-9]{1,9}", value):
                raise ValueError("not a whole number")
            value = int(value)
        terms.append(f"{column} {operator} ?")
        values.append(value)
    if len(terms) > 21:
        raise ValueError("too many conditions")
    query = " ".join(("SELECT id FROM invoices WHERE", " AND ".join(terms), "ORDER BY id"))
    with closing(sqlite3.connect(path)) as connection:
        return [number for (number,) in connection.execute(query, values)]
