import psycopg2


def reprice(dsn, shop_id, changes):
    connection = psycopg2.connect(dsn)
    connection.autocommit = True
    cursor = connection.cursor()
    updated = 0
    try:
        for change in changes:
            try:
                article, cents = change["id"], change["cents"]
            except (KeyError, TypeError):
                raise ValueError("invalid change")
            if type(article) is not int or type(cents) is not int or cents < 1:
                raise ValueError(f"invalid change: {change}")
            cursor.execute(
                "UPDATE articles SET cents = %s WHERE id = %s AND shop_id = %s RETURNING id",
                (cents, article, shop_id),
            )
            if cursor.fetchone() is None:
                raise LookupError(f"no article {article} in this shop")
            updated += 1
    finally:
        connection.close()
    return updated
