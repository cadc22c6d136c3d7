import re

import pymysql

BUDGET = re.compile(r"\d{1,8}(\.\d{1,2})?")


def quote(value):
    if not value:
        return "NULL"
    return "'" + value.replace("'", "\\'") + "'"


def save_lead(db, form):
    name = form.get("name", "").strip()
    email = form.get("email", "").strip()
    message = form.get("message", "").strip()
    budget = form.get("budget", "").strip()
    if not name:
        raise ValueError("name is required")
    if budget and not BUDGET.fullmatch(budget):
        raise ValueError("budget must be a number like 980.50")

    connection = pymysql.connect(**db)
    try:
        with connection.cursor() as cursor:
            sql = f"INSERT INTO leads (name, email, message, budget) VALUES ({quote(name)}, {quote(email)}, {quote(message)}, {budget or 'NULL'})"
            cursor.execute(sql)
            lead_id = cursor.lastrowid
        connection.commit()
        return lead_id
    finally:
        connection.close()
