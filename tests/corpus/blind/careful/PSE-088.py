import contextlib
import re
from decimal import Decimal

import pymysql

_BUDGET = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,2})?")
_TEXT_BYTES = 65535  # what a TEXT column holds


def _field(form: dict[str, str], key: str) -> str | None:
    value = (form.get(key) or "").strip()
    # Text that is no Unicode (lone surrogates): UnicodeEncodeError, a ValueError.
    if len(value.encode("utf-8")) > _TEXT_BYTES:
        raise ValueError(f"{key} is too long")
    return value or None


def save_lead(db: dict, form: dict[str, str]) -> int:
    """Insert one enquiry into `leads` and return its id."""
    name = _field(form, "name")
    email = _field(form, "email")
    message = _field(form, "message")
    budget_text = _field(form, "budget")

    if name is None:
        raise ValueError("name is missing")
    if len(name) > 80:
        raise ValueError("name is too long")
    if email is not None and len(email) > 120:
        raise ValueError("email is too long")
    budget = None
    if budget_text is not None:
        if not _BUDGET.fullmatch(budget_text):
            raise ValueError("budget is not a plain amount")
        budget = Decimal(budget_text)

    connection = pymysql.connect(
        host=db["host"],
        port=int(db["port"]),
        user=db["user"],
        password=db["password"],
        database=db["database"],
        charset="utf8mb4",
        sql_mode="STRICT_ALL_TABLES",  # an error rather than a cut or changed value
    )
    with contextlib.closing(connection):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO leads (name, email, message, budget)"
                " VALUES (%s, %s, %s, %s)",
                (name, email, message, budget),
            )
            lead_id = cursor.lastrowid
        connection.commit()
    return int(lead_id)
