import re
from contextlib import closing
from decimal import Decimal

import pymysql

_BUDGET = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,2})?")


def save_lead(db: dict, form: dict[str, str]) -> int:
    """Insert an enquiry into `leads` and return its id."""
    name, email, message, budget = (
        form.get(field, "").strip() or None
        for field in ("name", "email", "message", "budget")
    )
    if name is None:
        raise ValueError("name is missing")
    if budget is not None:
        if not _BUDGET.fullmatch(budget):
            raise ValueError("budget is not a valid amount")
        budget = Decimal(budget)

    with closing(
        pymysql.connect(
            host=db["host"],
            port=int(db["port"]),
            user=db["user"],
            password=db["password"],
            database=db["database"],
            charset="utf8mb4",
        )
    ) as connection:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO leads (name, email, message, budget)"
                " VALUES (%s, %s, %s, %s)",
                (name, email, message, budget),
            )
            lead_id = cursor.lastrowid
        connection.commit()
    return lead_id
