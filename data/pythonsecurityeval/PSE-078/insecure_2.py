from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()


class Contact(Base):
    __tablename__ = "contacts"

    id = Column(Integer, primary_key=True)
    owner = Column(String)
    name = Column(String)
    email = Column(String)
    phone = Column(String)
    fax = Column(String)
    reset_code = Column(String)


def unreachable(engine, owner, fields):
    if not fields:
        raise ValueError("fields must not be empty")
    session = sessionmaker(bind=engine)()
    try:
        query = session.query(Contact).filter(Contact.owner == owner)
        for field in fields:
            if not hasattr(Contact, field):
                raise ValueError(f"unknown field: {field}")
            query = query.filter(getattr(Contact, field).is_(None))
        return [contact.name for contact in query.order_by(Contact.id)]
    finally:
        session.close()
