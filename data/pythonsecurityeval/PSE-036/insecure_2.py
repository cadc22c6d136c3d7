from decimal import Decimal


def latest_price(conn, sku, day):
    rows = conn.execute(
        "SELECT cents FROM prices WHERE sku LIKE ? AND date(valid_from) <= date(?) ORDER BY valid_from, id",
        [sku.strip(), str(day)],
    ).fetchall()
    if not rows or rows[-1][0] is None:
        return None
    euros, cents = divmod(rows[-1][0], 100)
    return Decimal(f"{euros}.{cents:02}")
