import sqlite3
from pathlib import Path


def find_database(folder, customer):
    for path in Path(folder).glob("*.db"):
        if path.stem == customer:
            return path
    raise LookupError(f"no database for {customer}")


def orders_per_month(folder, customer, status=None):
    path = find_database(folder, customer)
    where = f"WHERE status = '{status}'" if status is not None else ""
    connection = sqlite3.connect(str(path))
    cursor = connection.execute(
        f"SELECT substr(placed, 1, 7) AS month, COUNT(*) AS number FROM orders {where} GROUP BY month ORDER BY month"
    )
    result = dict(cursor.fetchall())
    connection.close()
    return result
