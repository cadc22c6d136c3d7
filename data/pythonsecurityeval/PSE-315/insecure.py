import re
import sqlite3

COLUMNS = ("number", "country", "total", "due")


def quote(value):
    if "'" in value:
        return f'"{value}"'
    return f"'{value}'"


def run_filter(path, tenant, text):
    parts = [part.strip() for part in text.split(";") if part.strip()]
    if len(parts) > 20:
        raise ValueError("too many conditions")
    where = ""
    for part in parts:
        found = re.match(r"^(\w+)\s*(!=|<=|>=|=|<|>)\s*(.*)$", part, re.S)
        if not found or found.group(1) not in COLUMNS:
            raise ValueError(f"bad condition: {part!r}")
        column, operator, value = found.groups()
        if column == "total":
            if not re.fullmatch(r"-?[0-9]{1,9}", value):
                raise ValueError("total must be a number")
            where += f" AND total {operator} {int(value)}"
        else:
            where += f" AND {column} {operator} {quote(value)}"
    conn = sqlite3.connect(path)
    try:
        cur = conn.execute(f"SELECT id FROM invoices WHERE tenant = {int(tenant)}{where} ORDER BY id")
        return [r[0] for r in cur.fetchall()]
    except sqlite3.Error as e:
        raise ValueError(f"filter failed: {e}")
    finally:
        conn.close()
