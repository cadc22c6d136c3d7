import json

from sqlalchemy import column, create_engine, insert, table
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import NullPool

users = table("users", column("id"), column("email"), column("name"), column("city"))


def text(entry, key):
    value = entry[key]
    if type(value) is not str or not value:
        raise ValueError(f"{key} must be a text")
    return value


def add_users(dsn, payload):
    try:
        rows = [{"email": text(one, "email"), "name": text(one, "name"), "city": one.get("city")} for one in json.loads(payload)]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("not a list of people") from error
    if isinstance(json.loads(payload), dict) or any(type(row["city"]) not in (str, type(None)) for row in rows):
        raise ValueError("not a list of people")
    try:
        with create_engine(dsn, poolclass=NullPool).begin() as connection:
            return [connection.execute(insert(users).values(**row).returning(users.c.id)).scalar_one() for row in rows]
    except IntegrityError as error:
        raise ValueError("e-mail is in use") from error
