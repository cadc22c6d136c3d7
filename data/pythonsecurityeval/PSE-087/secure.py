import logging

import pymysql
from pymysql.cursors import SSDictCursor

log = logging.getLogger("warehouse")


def for_each_order(db, status, handle):
    done = failed = 0
    with pymysql.connect(**db, cursorclass=SSDictCursor) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, customer, card, status, cents FROM orders WHERE BINARY status = %s ORDER BY number", (status,)
        )
        for order in cursor:
            number = order["number"]
            try:
                handle(order)
            except Exception:
                failed += 1
                log.warning("order %d failed", number)
            else:
                done += 1
    return done, failed
