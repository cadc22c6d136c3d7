import json
import sqlite3
from contextlib import closing

EDITABLE = ("name", "email", "phone")
READ = "SELECT name, email, phone FROM customers WHERE id = ?"
WRITE = "UPDATE customers SET name = ?, email = ?, phone = ? WHERE id = ?"


def changes_in(body):
    changes = json.loads(body)
    if not isinstance(changes, dict):
        raise ValueError("the body is no object")
    for field, value in changes.items():
        if field not in EDITABLE:
            raise KeyError(field)
        if not isinstance(value, str) and (value is not None or field == "name"):
            raise ValueError(f"{field} is no text")
    if changes.get("name") == "":
        raise ValueError("the name is empty")
    return changes


def patch_customer(path, customer_id, body):
    changes = changes_in(body)
    if not (customer_id.isascii() and customer_id.isdigit()):
        return None
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        row = connection.execute(READ, (customer_id,)).fetchone()
        if row is None:
            return None
        customer = {**dict(zip(EDITABLE, row)), **changes}
        connection.execute(WRITE, (*customer.values(), customer_id))
        connection.execute("COMMIT")
    return customer
