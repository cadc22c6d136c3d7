from decimal import Decimal, InvalidOperation

import pymysql


def parse_budget(text):
    try:
        budget = Decimal(text)
    except InvalidOperation:
        raise ValueError("budget is not a number")
    if not budget.is_finite() or budget < 0 or budget >= 10**8 or budget.as_tuple().exponent not in (0, -1, -2):
        raise ValueError("budget out of range")
    return budget


def save_lead(db, form):
    fields = {key: value.strip() for key, value in form.items()}
    if not fields.get("name"):
        raise ValueError("name is required")
    if fields.get("budget"):
        fields["budget"] = parse_budget(fields["budget"])

    with pymysql.connect(**db) as connection:
        with connection.cursor() as cursor:
            # the form also carries its submit button and such, so keep what the table knows
            cursor.execute("SHOW COLUMNS FROM leads")
            columns = [row[0] for row in cursor.fetchall() if row[0] in fields and row[0] != "id"]
            cursor.execute(
                "INSERT INTO leads ({}) VALUES ({})".format(", ".join(columns), ", ".join(["%s"] * len(columns))),
                [None if fields[column] == "" else fields[column] for column in columns],
            )
            lead_id = cursor.lastrowid
        connection.commit()
    return lead_id
