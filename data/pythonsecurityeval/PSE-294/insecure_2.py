def find_products(connection, typed, most=50):
    term = typed.strip()
    if not term:
        return []
    cursor = connection.cursor()
    cursor.execute(
        "SELECT name FROM products WHERE listed = 1 AND name LIKE '%' || ? || '%' ORDER BY price_cents, name LIMIT ?",
        (term, most),
    )
    return [name for (name,) in cursor.fetchall()]
