import json
import sqlite3
from itertools import islice

# One statement: SQLite takes back all of it if one row fails.
INSERT_ALL = """
INSERT INTO orders (number, customer, cents)
SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') FROM json_each(?) ORDER BY key
"""


def checked(row):
    number, customer, cents = row
    if type(number) is not str or type(customer) is not str or type(cents) is not int:
        raise ValueError("wrong type in an order")
    if not number or not customer or not 0 < cents < 2**63:
        raise ValueError("wrong value in an order")
    return row


def import_orders(connection, rows, limit):
    batch = list(islice(rows, limit + 1))
    if len(batch) > limit:
        raise ValueError("too many orders")
    pending = connection.in_transaction
    try:
        return connection.execute(INSERT_ALL, [json.dumps([checked(row) for row in batch])]).rowcount
    except (sqlite3.Error, TypeError) as error:
        if not pending:
            connection.rollback()
        raise ValueError(f"not imported: {error}") from error
