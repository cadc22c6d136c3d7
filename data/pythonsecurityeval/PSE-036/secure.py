from decimal import Decimal

NEWEST = "SELECT cents FROM prices WHERE sku = ? AND valid_from <= ? ORDER BY valid_from DESC, id DESC LIMIT 1"


def latest_price(conn, sku, day):
    row = conn.execute(NEWEST, (sku, day.isoformat())).fetchone()
    if row is None or row[0] is None:
        return None
    return Decimal(row[0]) / 100
