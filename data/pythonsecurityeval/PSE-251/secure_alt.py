from sqlalchemy import Integer, Text, column, create_engine, select, table
from sqlalchemy.pool import NullPool

products = table("products", column("id", Integer), column("name", Text), column("price", Integer), column("stock", Integer))
ORDERINGS = {
    (name, direction): ordering
    for name in ("name", "price", "stock")
    for direction, ordering in (("asc", products.c[name].asc()), ("desc", products.c[name].desc()))
}


def search_products(dsn, text, order="name", direction="asc", limit=20):
    try:
        ordering = ORDERINGS[order, direction]
    except KeyError as error:
        raise ValueError(f"cannot order by {order!r} {direction!r}") from error
    if limit <= 0:
        raise ValueError("limit must be positive")
    query = (
        select(products)
        .where(products.c.name.contains(text, autoescape=True))
        .order_by(ordering, products.c.id)
        .limit(limit if limit < 100 else 100)
    )
    with create_engine(dsn, poolclass=NullPool).connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]
