import logging

import pymysql
import pymysql.cursors

logger = logging.getLogger("warehouse")


def for_each_order(db, status, handle):
    succeeded = 0
    failed = 0
    connection = pymysql.connect(cursorclass=pymysql.cursors.DictCursor, **db)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM orders WHERE status = %s ORDER BY number", (status,))
            orders = cursor.fetchall()
    finally:
        connection.close()
    for order in orders:
        try:
            handle(order)
        except Exception as e:
            logger.warning("Handling order %s failed: %s", order["number"], e, exc_info=True)
            failed += 1
        else:
            succeeded += 1
    return succeeded, failed
