import psycopg2
from psycopg2 import errors


def create_login(connection, name, password, table_no):
    if not name or len(name.encode("utf-8")) > 63 or name.startswith("pg_"):
        raise ValueError("invalid name")
    if len(password) < 8:
        raise ValueError("password is too short")
    if "\x00" in name or "\x00" in password:
        raise ValueError("null characters are not allowed")
    role = name.replace("%", "%%")
    try:
        with connection.cursor() as cur:
            cur.execute(f'CREATE ROLE "{role}" WITH LOGIN PASSWORD %s', (password,))
            cur.execute("INSERT INTO seats (name, table_no) VALUES (%s, %s)", (name, table_no))
        connection.commit()
    except (errors.DuplicateObject, errors.UniqueViolation):
        connection.rollback()
        raise ValueError(f"{name} exists already")
    except psycopg2.Error:
        connection.rollback()
        raise
