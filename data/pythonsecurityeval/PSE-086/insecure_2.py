from datetime import date, datetime, time

from sqlalchemy import Column, Integer, MetaData, String, Table, select

invoices = Table(
    "invoices",
    MetaData(),
    Column("number", String, primary_key=True),
    Column("account", String),
    Column("issued", String),
    Column("cents", Integer),
)


def invoices_between(session, person, account, start, end):
    first = date.fromisoformat(start) if start else date.min
    last = date.fromisoformat(end) if end else date.max
    query = (
        select(invoices.c.number, invoices.c.issued, invoices.c.cents)
        .where(invoices.c.account == account)
        .where(invoices.c.issued.between(str(datetime.combine(first, time.min)), str(datetime.combine(last, time(23, 59, 59)))))
        .order_by(invoices.c.issued.desc())
    )
    return [(number, datetime.fromisoformat(issued), cents) for number, issued, cents in session.execute(query)]
