import json

from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)
    name = Column(String, nullable=False)
    email = Column(String)
    phone = Column(String)
    discount = Column(Integer)
    staff = Column(Integer)


def patch_customer(path, customer_id, body):
    try:
        data = json.loads(body)
    except ValueError:
        raise ValueError("body is not valid JSON")
    if not isinstance(data, dict):
        raise ValueError("body must be a JSON object")

    engine = create_engine(f"sqlite:///{path}")
    session = sessionmaker(bind=engine)()
    try:
        for key, value in data.items():
            if key == "id" or not hasattr(Customer, key):
                raise KeyError(key)
            if value is None and key != "name":
                continue
            if not isinstance(value, str) or (key == "name" and not value):
                raise ValueError(f"invalid value for {key}")
        customer = session.get(Customer, int(customer_id)) if customer_id.isdigit() else None
        if customer is None:
            return None
        for key, value in data.items():
            setattr(customer, key, value)
        session.commit()
        return {"name": customer.name, "email": customer.email, "phone": customer.phone}
    finally:
        session.close()
        engine.dispose()
