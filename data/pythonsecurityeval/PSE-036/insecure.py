from decimal import Decimal


def latest_price(conn, sku, day):
    cursor = conn.cursor()
    cursor.execute(f'''
        SELECT cents
        FROM prices
        WHERE sku = "{sku}" AND valid_from <= "{day}"
        ORDER BY valid_from DESC, id DESC
    ''')
    result = cursor.fetchone()
    if result and result[0] is not None:
        return Decimal(result[0]) / Decimal(100)
    return None
