import logging
from collections import Counter
from contextlib import closing

import mysql.connector


def went_well(order, handle):
    number = order["number"]
    try:
        handle(order)
    except Exception as error:
        logging.getLogger("warehouse").warning(f"handler failed on order {number} ({type(error).__name__})")
        return False
    return True


def for_each_order(db, status, handle):
    with closing(mysql.connector.connect(**db)) as connection:
        cursor = connection.cursor(dictionary=True)
        cursor.execute("SELECT * FROM orders WHERE status = %(status)s ORDER BY number ASC", {"status": status})
        orders = [order for order in cursor.fetchall() if order["status"] == status]
    outcome = Counter(went_well(order, handle) for order in orders)
    return outcome[True], outcome[False]
