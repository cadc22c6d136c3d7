import json
from contextlib import closing

import psycopg2


def checked(entry):
    if not isinstance(entry, dict):
        raise ValueError("a person is an object")
    person = entry.get("email"), entry.get("name"), entry.get("city")
    if not all(isinstance(value, str) and value for value in person[:2]) or not isinstance(person[2], str | None):
        raise ValueError("email, name or city is no text")
    return person


def add_users(dsn, payload):
    entries = json.loads(payload)
    if not isinstance(entries, list):
        raise ValueError("not an array")
    people = [checked(entry) for entry in entries]
    ids = []
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        try:
            for person in people:
                cursor.execute("INSERT INTO users (email, name, city) VALUES (%s, %s, %s) RETURNING id", person)
                ids.append(cursor.fetchone()[0])
        except psycopg2.IntegrityError as error:
            raise ValueError("an e-mail is taken") from error
    return ids
