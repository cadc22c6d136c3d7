import json
import os

import pymysql


def load_profiles(path, pictures, db):
    with open(path, encoding="utf-8") as f:
        profiles = json.load(f)
    if not isinstance(profiles, list):
        raise ValueError("expected a list of profiles")

    rows = []
    for profile in profiles:
        if not isinstance(profile, dict):
            raise ValueError("expected an object")
        name, about, avatar = profile.get("name"), profile.get("about"), profile.get("avatar")
        if not isinstance(name, str) or not name:
            raise ValueError("invalid name")
        for value in (about, avatar):
            if value is not None and not isinstance(value, str):
                raise ValueError("expected a text")
        data = None
        if avatar is not None:
            file = os.path.join(pictures, avatar)
            if not os.path.isfile(file):
                raise ValueError(f"picture {avatar} not found")
            with open(file, "rb") as f:
                data = f.read()
        rows.append((name, about, data))

    connection = pymysql.connect(**db)
    try:
        with connection.cursor() as cursor:
            cursor.executemany("REPLACE INTO singers (name, about, picture) VALUES (%s, %s, %s)", rows)
        connection.commit()
    finally:
        connection.close()
    return len(rows)
