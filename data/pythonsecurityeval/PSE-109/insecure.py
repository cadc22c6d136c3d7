import sqlite3


def import_orders(connection, rows, limit):
    cursor = connection.cursor()
    count = 0
    for row in rows:
        if count >= limit:
            raise ValueError(f"too many rows (limit {limit})")
        try:
            number, customer, cents = row
        except TypeError:
            raise ValueError(f"bad row: {row!r}")
        if not isinstance(number, str) or not isinstance(customer, str) or not isinstance(cents, int):
            raise ValueError(f"bad row: {row!r}")
        if not number or not customer or cents <= 0:
            raise ValueError(f"bad row: {row!r}")
        try:
            # no commit here: the caller's transaction keeps all rows together
            cursor.execute("INSERT INTO orders VALUES (?, ?, ?)", (number, customer, cents))
        except sqlite3.IntegrityError as e:
            raise ValueError(f"duplicate order number {number}") from e
        count += 1
    return count
