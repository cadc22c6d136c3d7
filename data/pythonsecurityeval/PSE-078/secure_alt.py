from enum import Enum
from typing import Optional

from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Field(Enum):
    EMAIL = "email"
    PHONE = "phone"
    FAX = "fax"


class Base(DeclarativeBase):
    pass


class Contact(Base):
    __tablename__ = "contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner: Mapped[str]
    name: Mapped[Optional[str]]
    email: Mapped[Optional[str]]
    phone: Mapped[Optional[str]]
    fax: Mapped[Optional[str]]


def unreachable(engine, owner, fields):
    wanted = [Field(text) for text in fields]
    if not wanted:
        raise ValueError("tick at least one box")
    with Session(engine) as session:
        contacts = session.query(Contact).filter_by(owner=owner).order_by(Contact.id)
        values = ((contact.name, {Field.EMAIL: contact.email, Field.PHONE: contact.phone, Field.FAX: contact.fax}) for contact in contacts)
        return [name for name, known in values if all(known[field] is None for field in wanted)]
