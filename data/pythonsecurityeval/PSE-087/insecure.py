import logging

import mysql.connector

logger = logging.getLogger("warehouse")


def for_each_order(db, status, handle):
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor(dictionary=True)
    cursor.execute(f"SELECT * FROM orders WHERE status = '{status}' ORDER BY number")
    rows = cursor.fetchall()
    cursor.close()
    conn.close()

    ok = failed = 0
    for row in rows:
        number = row["number"]
        try:
            handle(row)
            ok += 1
        except Exception:
            failed += 1
            logger.warning("Order %s could not be handled", number)
    return ok, failed
