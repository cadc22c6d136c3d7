import psycopg2

SQL = "UPDATE articles SET cents = %(cents)s WHERE id = %(id)s AND shop_id = %(shop_id)s"


def validate(change):
    if not isinstance(change, dict):
        raise ValueError("change must be an object")
    for key in ("id", "cents"):
        if not isinstance(change.get(key), int) or isinstance(change[key], bool):
            raise ValueError(f"{key} must be an integer")
    if change["cents"] <= 0:
        raise ValueError("cents must be positive")


def reprice(dsn, shop_id, changes):
    for change in changes:
        validate(change)
    conn = psycopg2.connect(dsn)
    try:
        with conn, conn.cursor() as cur:
            for change in changes:
                cur.execute(SQL, {"shop_id": shop_id, **change})
                if cur.rowcount == 0:
                    raise LookupError(f"article {change['id']} not found")
    finally:
        conn.close()
    return len(changes)
