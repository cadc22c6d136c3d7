import os
import sqlite3


def orders_per_month(folder, customer, status=None):
    path = os.path.join(folder, f"{customer}.db")
    # connect() would create the file
    if not os.path.isfile(path):
        raise LookupError(f"unknown customer: {customer}")
    query = "SELECT strftime('%Y-%m', placed) AS month, COUNT(*) FROM orders"
    params = []
    if status is not None:
        query += " WHERE status = ?"
        params.append(status)
    query += " GROUP BY month ORDER BY month"
    conn = sqlite3.connect(path)
    try:
        return {month: count for month, count in conn.execute(query, params)}
    finally:
        conn.close()
