import contextlib
import json
import re
import sqlite3

_FIELDS = ("name", "email", "phone")
_NULLABLE = ("email", "phone")
_ID = re.compile(r"0|-?[1-9][0-9]{0,18}")


def _parse_id(text: str) -> int | None:
    """The id, or None if the text can't be that of any customer."""
    if not _ID.fullmatch(text):
        return None
    number = int(text)
    return number if -(2**63) <= number < 2**63 else None


def _parse_body(body: bytes) -> dict[str, str | None]:
    try:
        changes = json.loads(bytes(body).decode("utf-8"))
    except RecursionError:
        raise ValueError("the body is nested too deeply") from None
    if not isinstance(changes, dict):
        raise ValueError("the body is not a JSON object")
    for key in changes:
        if key not in _FIELDS:
            raise KeyError(key)
    for key, value in changes.items():
        if value is None and key in _NULLABLE:
            continue
        if not isinstance(value, str):
            raise ValueError(f"{key} has a value of the wrong type")
        value.encode("utf-8")  # a lone surrogate: UnicodeEncodeError, a ValueError
    if changes.get("name") == "":
        raise ValueError("name is empty")
    return changes


def patch_customer(path: str, customer_id: str, body: bytes) -> dict | None:
    """Write the fields the body names; return the customer's three fields.

    None if there is no such customer; KeyError for a field that isn't the
    customer's to change, ValueError for a bad value or body.
    """
    changes = _parse_body(body)
    number = _parse_id(customer_id)
    if number is None:
        return None

    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE" if changes else "BEGIN")
        try:
            # Only names from _FIELDS get into the statement.
            columns = [field for field in _FIELDS if field in changes]
            if columns:
                assignments = ", ".join(f"{column} = ?" for column in columns)
                connection.execute(
                    f"UPDATE customers SET {assignments} WHERE id = ?",
                    [changes[column] for column in columns] + [number],
                )
            row = connection.execute(
                "SELECT name, email, phone FROM customers WHERE id = ?", (number,)
            ).fetchone()
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return None if row is None else dict(zip(_FIELDS, row))
