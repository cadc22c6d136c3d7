from contextlib import closing

import MySQLdb
from MySQLdb.cursors import SSDictCursor

SELECT = "SELECT id, title, place, starts FROM events WHERE kind = %s AND draft = 0 ORDER BY"
ORDERS = {f"{column}{way}": f"{column}{way}, id" for column in ("title", "place", "starts") for way in ("", " desc")}


def stream_events(settings, kind, order, batch):
    if order not in ORDERS:
        raise ValueError("the listing cannot be ordered by that")
    with closing(MySQLdb.connect(**settings, charset="utf8mb4")) as connection:
        cursor = connection.cursor(SSDictCursor)
        cursor.execute(" ".join((SELECT, ORDERS[order])), (kind,))
        while rows := cursor.fetchmany(batch):
            yield list(rows)
