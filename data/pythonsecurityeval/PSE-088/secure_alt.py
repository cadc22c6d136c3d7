from contextlib import closing
from decimal import Decimal

import mysql.connector

FIELDS = {"name": None, "email": None, "message": None, "budget": None}


def amount(text):
    whole, point, cents = text.partition(".")
    digits = whole + cents
    if not (digits.isascii() and digits.isdigit()) or not 0 < len(whole) <= 8 or len(cents) > 2 or (point and not cents):
        raise ValueError(f"{text!r} is no amount")
    return Decimal(text)


def save_lead(db, form):
    lead = dict(FIELDS)
    for field in FIELDS:
        if text := (form.get(field) or "").strip():
            lead[field] = amount(text) if field == "budget" else text
    if not lead["name"]:
        raise ValueError("name is missing")
    with closing(mysql.connector.connect(**db, autocommit=True)) as connection, closing(connection.cursor()) as cursor:
        cursor.execute(
            "INSERT INTO leads (name, email, message, budget) VALUES (%(name)s, %(email)s, %(message)s, %(budget)s)", lead
        )
        return cursor.lastrowid
