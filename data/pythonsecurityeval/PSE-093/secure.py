import os
import sqlite3
from contextlib import closing
from pathlib import Path

COUNTS = """
SELECT substr(placed, 1, 7) AS month, count(*) FROM orders WHERE ?1 IS NULL OR status = ?1 GROUP BY month ORDER BY month
"""


def orders_per_month(folder, customer, status=None):
    name = customer + ".db"
    if name not in os.listdir(folder):
        raise LookupError(f"no customer {customer!r}")
    uri = (Path(folder).absolute() / name).as_uri() + "?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return dict(connection.execute(COUNTS, (status,)))
