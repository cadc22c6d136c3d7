import json
import sqlite3

ALLOWED_FIELDS = {"name", "email", "phone"}


def patch_customer(path, customer_id, body):
    data = json.loads(body)
    if not isinstance(data, dict):
        raise ValueError("expected an object")
    for field, value in data.items():
        if field not in ALLOWED_FIELDS:
            raise KeyError(f"field {field} cannot be changed")
        if field == "name" and not value:
            raise ValueError("name must not be empty")
        if value is not None and not isinstance(value, str):
            raise ValueError(f"{field} must be a string")

    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    try:
        if data:
            assignments = ", ".join(f"{field} = ?" for field in data)
            conn.execute(f"UPDATE customers SET {assignments} WHERE id = {customer_id}", list(data.values()))
            conn.commit()
        row = conn.execute(f"SELECT name, email, phone FROM customers WHERE id = {customer_id}").fetchone()
    finally:
        conn.close()
    return dict(row) if row else None
