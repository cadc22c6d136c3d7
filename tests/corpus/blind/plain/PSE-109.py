import sqlite3
from collections.abc import Iterable


def _is_order(row) -> bool:
    if not isinstance(row, tuple) or len(row) != 3:
        return False
    number, customer, cents = row
    return (
        isinstance(number, str)
        and number != ""
        and isinstance(customer, str)
        and customer != ""
        and isinstance(cents, int)
        and not isinstance(cents, bool)
        and 0 < cents < 2**63  # what SQLite can hold
    )


def import_orders(connection: sqlite3.Connection, rows: Iterable, limit: int) -> int:
    # Read everything first: the database is not touched (or locked) while
    # the upload is still coming in, and `limit` bounds the memory.
    orders = []
    numbers = set()
    for row in rows:
        if len(orders) >= limit:
            raise ValueError(f"more than {limit} rows")
        if not _is_order(row):
            raise ValueError(f"not an order: {row!r}")
        if row[0] in numbers:
            raise ValueError(f"order {row[0]!r} occurs twice")
        numbers.add(row[0])
        orders.append(row)

    # Without a transaction around it, releasing the savepoint would commit.
    if not connection.in_transaction:
        connection.execute("BEGIN")
    connection.execute("SAVEPOINT import_orders")
    try:
        connection.executemany(
            "INSERT INTO orders (number, customer, cents) VALUES (?, ?, ?)", orders
        )
    except BaseException as error:
        connection.execute("ROLLBACK TO import_orders")
        connection.execute("RELEASE import_orders")
        if isinstance(error, sqlite3.IntegrityError):
            raise ValueError("an order is in the table already") from error
        raise
    connection.execute("RELEASE import_orders")
    return len(orders)
