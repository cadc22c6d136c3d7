from sqlalchemy import URL, column, create_engine, select, table
from sqlalchemy.pool import NullPool

EVENTS = table("events", *map(column, ("id", "title", "place", "starts", "kind", "draft")))


def stream_events(settings, kind, order, batch):
    name, _, way = order.partition(" ")
    if name not in {"title", "place", "starts"} or way not in {"", "desc"} or order.endswith(" "):
        raise ValueError(f"unknown order {order!r}")
    first = EVENTS.c[name].desc() if way else EVENTS.c[name]
    query = select(EVENTS.c.id, EVENTS.c.title, EVENTS.c.place, EVENTS.c.starts).order_by(first, EVENTS.c.id)
    url = URL.create("mysql+mysqldb", settings["user"], settings["passwd"], settings["host"], settings["port"], settings["db"])
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect().execution_options(stream_results=True) as connection:
        found = connection.execute(query.where(EVENTS.c.kind == kind, EVENTS.c.draft == 0))
        for rows in found.mappings().partitions(batch):
            yield [dict(row) for row in rows]
