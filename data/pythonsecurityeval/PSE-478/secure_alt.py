import json
import os

import mysql.connector


def picture(folder, name):
    if name is None:
        return None
    if os.path.basename(name) != name or name in ("", ".", "..") or "\0" in name:
        raise ValueError("not the name of a file")
    try:
        descriptor = os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NOFOLLOW)
        with open(descriptor, "rb") as file:
            return file.read()
    except OSError as error:
        raise ValueError(f"no picture {name}") from error


def load_profiles(path, pictures, db):
    with open(path, "rb") as file:
        profiles = json.loads(file.read().decode("utf-8"))
    try:
        singers = [(one["name"], one.get("about"), one.get("avatar")) for one in profiles]
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not a list of profiles") from error
    if isinstance(profiles, dict):
        raise ValueError("not a list of profiles")
    connection = mysql.connector.connect(**db)
    try:
        cursor = connection.cursor()
        for name, about, avatar in singers:
            if not isinstance(name, str) or name == "" or any(not isinstance(text, (str, type(None))) for text in (about, avatar)):
                raise ValueError("not a profile")
            cursor.execute("DELETE FROM singers WHERE name = %s", (name,))
            cursor.execute("INSERT INTO singers VALUES (%s, %s, %s)", (name, about, picture(pictures, avatar)))
        connection.commit()
    finally:
        connection.close()
    return len(singers)
