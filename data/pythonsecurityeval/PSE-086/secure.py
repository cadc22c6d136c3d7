from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Invoice(Base):
    __tablename__ = "invoices"
    number: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str]
    issued: Mapped[str]
    cents: Mapped[int]


class Member(Base):
    __tablename__ = "members"
    account: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[int] = mapped_column(primary_key=True)


def invoices_between(session, person, account, start, end):
    day = func.substr(Invoice.issued, 1, 10)
    own = select(Member.account).where(Member.person == person)
    query = select(Invoice.number, Invoice.issued, Invoice.cents).where(Invoice.account == account, Invoice.account.in_(own))
    if start:
        query = query.where(day >= date.fromisoformat(start).isoformat())
    if end:
        query = query.where(day <= date.fromisoformat(end).isoformat())
    rows = session.execute(query.order_by(Invoice.issued.desc()))
    return [(number, datetime.fromisoformat(issued), cents) for number, issued, cents in rows]
