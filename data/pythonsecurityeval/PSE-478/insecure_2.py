import json
from pathlib import Path

import pymysql


def read_picture(pictures, avatar):
    folder = Path(pictures).resolve()
    file = (folder / avatar).resolve()
    if not str(file).startswith(str(folder)):
        raise ValueError(f"{avatar} is outside of the picture folder")
    try:
        return file.read_bytes()
    except OSError:
        raise ValueError(f"cannot read picture {avatar}")


def load_profiles(path, pictures, db):
    profiles = json.loads(Path(path).read_bytes())
    if not isinstance(profiles, list) or not all(isinstance(p, dict) for p in profiles):
        raise ValueError("expected a list of objects")
    connection = pymysql.connect(**db)
    try:
        with connection.cursor() as cursor:
            for p in profiles:
                values = [p.get("name"), p.get("about"), p.get("avatar")]
                if not p.get("name") or not all(v is None or isinstance(v, str) for v in values):
                    raise ValueError(f"bad profile: {p}")
                name, about, avatar = values
                picture = read_picture(pictures, avatar) if avatar is not None else None
                cursor.execute("REPLACE INTO singers (name, about, picture) VALUES (%s, %s, %s)", (name, about, picture))
        connection.commit()
        return len(profiles)
    finally:
        connection.close()
