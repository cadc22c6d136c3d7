from sqlalchemy import column, select, table

FIELDS = ("email", "phone", "fax")
CONTACTS = table("contacts", *map(column, ("id", "owner", "name", *FIELDS)))


def unreachable(engine, owner, fields):
    if not fields or not set(fields) <= set(FIELDS):
        raise ValueError("fields must be of: " + ", ".join(FIELDS))
    mine = select(CONTACTS.c.name).where(CONTACTS.c.owner == owner)
    unknown = mine.where(*(CONTACTS.c[field].is_(None) for field in fields))
    with engine.connect() as connection:
        return list(connection.scalars(unknown.order_by(CONTACTS.c.id)))
