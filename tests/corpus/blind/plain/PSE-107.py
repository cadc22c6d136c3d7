import json
import re
import sqlite3
from contextlib import closing
from urllib.parse import unquote

_FIELDS = ("name", "email", "phone")
_ID = re.compile(r"0|-?[1-9][0-9]{0,18}")


def _parse_id(text: str) -> int | None:
    text = unquote(text)
    if not _ID.fullmatch(text):
        return None
    number = int(text)
    return number if -(2**63) <= number < 2**63 else None


def _parse_changes(body: bytes) -> dict[str, str | None]:
    try:
        changes = json.loads(body.decode("utf-8"))
    except RecursionError:
        raise ValueError("the body is nested too deeply") from None
    if not isinstance(changes, dict):
        raise ValueError("the body is not a JSON object")
    for field in changes:
        if field not in _FIELDS:
            raise KeyError(field)
    for field, value in changes.items():
        if value is None and field != "name":
            continue
        if not isinstance(value, str):
            raise ValueError(f"{field} has a value of the wrong type")
        if field == "name" and not value:
            raise ValueError("name is empty")
        value.encode("utf-8")  # a ValueError for lone surrogates
    return changes


def patch_customer(path: str, customer_id: str, body: bytes) -> dict | None:
    """Write the fields named in `body` and return the customer's fields."""
    changes = _parse_changes(body)
    number = _parse_id(customer_id)
    if number is None:
        return None

    with closing(sqlite3.connect(path)) as connection, connection:
        if changes:
            # The keys are all among _FIELDS, see _parse_changes.
            assignments = ", ".join(f"{field} = ?" for field in changes)
            connection.execute(
                f"UPDATE customers SET {assignments} WHERE id = ?",
                (*changes.values(), number),
            )
        row = connection.execute(
            "SELECT name, email, phone FROM customers WHERE id = ?", (number,)
        ).fetchone()
    return None if row is None else dict(zip(_FIELDS, row))
