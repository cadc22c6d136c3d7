from sqlalchemy import URL, Column, Integer, MetaData, String, Table, create_engine, select
from sqlalchemy.pool import NullPool

META = MetaData()
SEARCHES = Table("searches", META, Column("id", Integer), *(Column(name, String) for name in ("field", "term", "sort")))
CONTACTS = Table("contacts", META, Column("id", Integer), *(Column(name, String) for name in ("owner", "name", "city", "phone")))
FIELDS = {name: CONTACTS.c[name] for name in ("name", "city", "phone")}
ORDERS = {**FIELDS, **{"-" + name: column.desc() for name, column in FIELDS.items()}}


def run_search(db, search_id, viewer):
    url = URL.create("mysql+pymysql", db["user"], db["password"], db["host"], db["port"], db["database"])
    with create_engine(url, poolclass=NullPool).connect() as connection:
        search = connection.execute(select(SEARCHES).where(SEARCHES.c.id == search_id)).first()
        if not search:
            raise LookupError("unknown search")
        try:
            field, order = FIELDS[search.field], ORDERS[search.sort]
        except KeyError as error:
            raise ValueError("the search cannot be run") from error
        found = select(*FIELDS.values()).where(CONTACTS.c.owner == viewer, field == search.term)
        return [tuple(row) for row in connection.execute(found.order_by(order, CONTACTS.c.id))]
