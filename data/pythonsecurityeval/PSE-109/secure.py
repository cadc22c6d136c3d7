import sqlite3


def checked(row):
    try:
        number, customer, cents = row
    except TypeError as error:
        raise ValueError("not an order") from error
    if not all(isinstance(text, str) and text for text in (number, customer)):
        raise ValueError("number or customer is missing")
    if not isinstance(cents, int) or cents <= 0:
        raise ValueError("not an amount")
    return number, customer, cents


def import_orders(connection, rows, limit):
    if not connection.in_transaction:
        connection.execute("BEGIN")  # the release of an outermost savepoint would commit
    connection.execute("SAVEPOINT import_orders")
    number = 0
    try:
        for row in rows:
            if number == limit:
                raise ValueError(f"more than {limit} orders")
            connection.execute("INSERT INTO orders (number, customer, cents) VALUES (?, ?, ?)", checked(row))
            number += 1
    except BaseException as error:
        connection.execute("ROLLBACK TO import_orders")
        if isinstance(error, sqlite3.IntegrityError):
            raise ValueError(f"order {number + 1} is there already") from error
        raise
    finally:
        connection.execute("RELEASE import_orders")
    return number
