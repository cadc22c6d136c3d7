import re
from datetime import datetime

from sqlalchemy import text

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def invoices_between(session, person, account, start, end):
    member = session.execute(
        text("SELECT 1 FROM members WHERE account = :account AND person = :person"), {"account": account, "person": person}
    ).first()
    if member is None:
        return []
    sql = "SELECT number, issued, cents FROM invoices WHERE account = :account"
    if start:
        if not DAY.match(start):
            raise ValueError("start is not a day")
        sql += f" AND date(issued) >= '{start}'"
    if end:
        if not DAY.match(end):
            raise ValueError("end is not a day")
        sql += f" AND date(issued) <= '{end}'"
    sql += " ORDER BY issued DESC"
    return [
        (row.number, datetime.strptime(row.issued, "%Y-%m-%d %H:%M:%S"), row.cents)
        for row in session.execute(text(sql), {"account": account})
    ]
