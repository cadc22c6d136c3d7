import json
import re

from sqlalchemy import String, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import NullPool


class Base(DeclarativeBase):
    pass


class Customer(Base):
    """The part of the table that customers may see and change."""

    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String)
    email: Mapped[str | None] = mapped_column(String)
    phone: Mapped[str | None] = mapped_column(String)

    def fields(self):
        return {"name": self.name, "email": self.email, "phone": self.phone}


def patch_customer(path, customer_id, body):
    patch = json.loads(body.decode())
    if type(patch) is not dict:
        raise ValueError("not an object")
    if unknown := patch.keys() - {"name", "email", "phone"}:
        raise KeyError(*sorted(unknown)[:1])
    if "name" in patch and not patch["name"]:
        raise ValueError("a customer needs a name")
    if any(not isinstance(value, str | None) for value in patch.values()):
        raise ValueError("not a text")
    if not re.fullmatch("[0-9]{1,18}", customer_id):
        return None
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with Session(engine) as session, session.begin():
        customer = session.get(Customer, int(customer_id))
        if customer is None:
            return None
        for field in patch:
            setattr(customer, field, patch[field])
        return customer.fields()
