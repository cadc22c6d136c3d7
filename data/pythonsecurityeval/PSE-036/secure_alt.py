from datetime import date
from decimal import Decimal
from operator import itemgetter


def latest_price(conn, sku, day):
    history = conn.execute("SELECT valid_from, id, cents FROM prices WHERE sku = :code", {"code": sku})
    started = (row for row in history if date.fromisoformat(row[0]) <= day)
    newest = max(started, key=itemgetter(0, 1), default=(None, None, None))
    cents = newest[2]
    return cents if cents is None else Decimal(cents).scaleb(-2)
