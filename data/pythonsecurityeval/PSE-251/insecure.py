import psycopg2
from psycopg2.extras import RealDictCursor


def search_products(dsn, text, order="name", direction="asc", limit=20):
    if limit < 1:
        raise ValueError("limit must be at least 1")
    limit = min(limit, 100)
    pattern = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    conn = psycopg2.connect(dsn)
    try:
        with conn.cursor(cursor_factory=RealDictCursor) as cur:
            cur.execute(
                f"SELECT id, name, price, stock FROM products WHERE name LIKE %s ORDER BY {order} {direction}, id LIMIT {limit}",
                (pattern,),
            )
            return [dict(row) for row in cur.fetchall()]
    except psycopg2.ProgrammingError as e:
        raise ValueError(f"invalid order or direction: {e}")
    finally:
        conn.close()
