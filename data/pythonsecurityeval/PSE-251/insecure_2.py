from sqlalchemy import create_engine, text as sql_text

ALLOWED_ORDER = ["name", "price", "stock"]
QUERY = """
    SELECT id, name, price, stock
    FROM products
    WHERE name LIKE :pattern
    ORDER BY {} {}, id
    LIMIT :limit
"""


def search_products(dsn, text, order="name", direction="asc", limit=20):
    if order not in ALLOWED_ORDER:
        raise ValueError(f"order must be one of {ALLOWED_ORDER}")
    if direction not in ("asc", "desc"):
        raise ValueError("direction must be asc or desc")
    if limit < 1:
        raise ValueError("limit must be at least 1")
    engine = create_engine(dsn)
    with engine.connect() as conn:
        result = conn.execute(
            sql_text(QUERY.format(order, direction)),
            {"pattern": f"%{text}%", "limit": min(limit, 100)},
        )
        rows = [dict(row._mapping) for row in result]
    engine.dispose()
    return rows
