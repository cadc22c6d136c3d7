import re
import sqlite3
from contextlib import closing

FIELDS = {"id": int, "tenant": int, "number": str, "country": str, "total": int, "due": str}
HIDDEN = {"id", "margin"}


def parse(text):
    for piece in text.split(";"):
        if not piece.strip():
            continue
        match = re.match(r"\s*([a-z]+)\s*(!=|<=|>=|=|<|>)(.*)\Z", piece, re.DOTALL)
        if not match or match[1] in HIDDEN or match[1] not in FIELDS:
            raise ValueError(f"cannot understand {piece!r}")
        value = match[3].strip()
        if FIELDS[match[1]] is int:
            if not re.fullmatch(r"-?[0-9]{1,9}", value):
                raise ValueError(f"{value!r} is no number")
            value = int(value)
        yield match[1], match[2], value


def run_filter(path, tenant, text):
    conditions = list(parse(text))
    if len(conditions) > 20:
        raise ValueError("at most 20 conditions")
    # without a condition on the tenant the current one is meant
    if all(column != "tenant" for column, _, _ in conditions):
        conditions.append(("tenant", "=", tenant))
    sql = "SELECT id FROM invoices WHERE "
    sql += " AND ".join(column + " " + sign + " ?" for column, sign, _ in conditions)
    with closing(sqlite3.connect(path)) as db:
        return [row[0] for row in db.execute(sql + " ORDER BY id", [value for _, _, value in conditions])]
