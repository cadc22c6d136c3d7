import sqlite3


def validate(row):
    if not isinstance(row, (tuple, list)) or len(row) != 3:
        raise ValueError(f"expected three values, got {row!r}")
    number, customer, cents = row
    if not (isinstance(number, str) and number):
        raise ValueError(f"invalid order number {number!r}")
    if not (isinstance(customer, str) and customer):
        raise ValueError(f"invalid customer {customer!r}")
    if not (isinstance(cents, int) and cents > 0):
        raise ValueError(f"invalid amount {cents!r}")


def import_orders(connection, rows, limit):
    rows = list(rows)
    if len(rows) > limit:
        raise ValueError(f"at most {limit} orders can be imported, got {len(rows)}")
    for row in rows:
        validate(row)

    started = not connection.in_transaction
    if started:
        connection.execute("BEGIN")
    connection.execute("SAVEPOINT batch")
    try:
        connection.executemany("INSERT INTO orders (number, customer, cents) VALUES (?, ?, ?)", rows)
        connection.execute("RELEASE SAVEPOINT batch")
    except (sqlite3.Error, OverflowError) as error:
        connection.execute("ROLLBACK TO SAVEPOINT batch")
        connection.execute("RELEASE SAVEPOINT batch")
        raise ValueError("the orders could not be imported") from error
    return len(rows)
