import re
from decimal import Decimal

import pymysql

INSERT = "INSERT INTO leads (name, email, message, budget) VALUES (%s, %s, %s, %s)"


def save_lead(db, form):
    name, email, message, budget = (form.get(key, "").strip() or None for key in ("name", "email", "message", "budget"))
    if name is None:
        raise ValueError("a lead needs a name")
    if budget is not None and not re.fullmatch(r"[0-9]{1,8}(\.[0-9]{1,2})?", budget):
        raise ValueError("the budget is not an amount")
    with pymysql.connect(**db) as connection:
        with connection.cursor() as cursor:
            cursor.execute(INSERT, (name, email, message, budget and Decimal(budget)))
            number = cursor.lastrowid
        connection.commit()
    return number
