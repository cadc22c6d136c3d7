"""Import of a partner's orders, all or nothing."""

import sqlite3
from typing import Iterable

__all__ = ["import_orders"]

_LARGEST = 2**63 - 1  # of SQLite's INTEGER
_SAVEPOINT = '"import_orders savepoint"'


def _checked(row) -> tuple[str, str, int]:
    if not isinstance(row, tuple) or len(row) != 3:
        raise ValueError("a row is not a tuple of three")
    number, customer, cents = row
    for text in (number, customer):
        if not isinstance(text, str) or not text:
            raise ValueError("number and customer must be non-empty texts")
        text.encode("utf-8")  # UnicodeEncodeError is a ValueError
    if not isinstance(cents, int) or isinstance(cents, bool):
        raise ValueError("cents must be a whole number")
    if not 0 < cents <= _LARGEST:
        raise ValueError("cents are out of range")
    return number, customer, cents


def _read(rows: Iterable, limit: int) -> dict[str, tuple[str, int]]:
    if limit < 0:
        raise ValueError("limit is below zero")
    orders: dict[str, tuple[str, int]] = {}
    for row in rows:
        if len(orders) >= limit:
            raise ValueError(f"more than {limit} rows")
        number, customer, cents = _checked(row)
        if number in orders:
            raise ValueError(f"number {number!r} is in the upload twice")
        orders[number] = customer, cents
    return orders


def import_orders(connection: sqlite3.Connection, rows: Iterable, limit: int) -> int:
    """Puts ``rows`` into ``orders`` without committing; returns their number."""
    # Everything is read before anything is written: no lock is held while the
    # upload trickles in, and nothing that happens on the connection meanwhile
    # can be undone by us.
    orders = _read(rows, limit)

    # Without a transaction around it a savepoint would commit on RELEASE.
    began = not connection.in_transaction
    if began:
        connection.execute("BEGIN")
    try:
        connection.execute(f"SAVEPOINT {_SAVEPOINT}")
        try:
            connection.executemany(
                "INSERT INTO orders (number, customer, cents) VALUES (?, ?, ?)",
                ((number, *order) for number, order in orders.items()),
            )
        except BaseException:
            if connection.in_transaction:  # some errors end it by themselves
                connection.execute(f"ROLLBACK TO {_SAVEPOINT}")
                connection.execute(f"RELEASE {_SAVEPOINT}")
            raise
        connection.execute(f"RELEASE {_SAVEPOINT}")
    except BaseException as error:
        if began and connection.in_transaction:
            connection.execute("ROLLBACK")  # there is nothing of the caller's in it
        if isinstance(error, sqlite3.IntegrityError):
            raise ValueError("a number is in the table already") from error
        if isinstance(error, (sqlite3.DataError, OverflowError)):
            raise ValueError("a row does not fit into the table") from error
        raise
    return len(orders)
