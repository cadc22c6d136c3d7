import json

import psycopg2
import psycopg2.errors

INSERT = "INSERT INTO users (email, name, city) VALUES (%(email)s, %(name)s, %(city)s) RETURNING id"


def add_users(dsn, payload):
    people = json.loads(payload)
    if not isinstance(people, list) or not all(isinstance(p, dict) for p in people):
        raise ValueError("expected a JSON array of objects")
    ids = []
    conn = psycopg2.connect(dsn)
    cur = conn.cursor()
    for p in people:
        email, name, city = p.get("email"), p.get("name"), p.get("city")
        if not (isinstance(email, str) and email and isinstance(name, str) and name):
            raise ValueError("email and name are required")
        if city is not None and not isinstance(city, str):
            raise ValueError("city must be text")
        try:
            cur.execute(INSERT, {"email": email, "name": name, "city": city})
            ids.append(cur.fetchone()[0])
            conn.commit()
        except psycopg2.errors.UniqueViolation:
            conn.rollback()
            raise ValueError(f"{email} exists")
    conn.close()
    return ids
