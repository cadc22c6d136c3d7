import json
from contextlib import closing
from pathlib import Path

import pymysql

UPSERT = """
INSERT INTO singers (name, about, picture) VALUES (%s, %s, %s)
ON DUPLICATE KEY UPDATE about = VALUES(about), picture = VALUES(picture)
"""


def load_profiles(path, pictures, db):
    profiles = json.loads(Path(path).read_text(encoding="utf-8"))
    if not isinstance(profiles, list):
        raise ValueError("not a list")
    files = {file.name: file for file in Path(pictures).iterdir() if file.is_file() and not file.is_symlink()}
    rows = []
    for profile in profiles:
        if not isinstance(profile, dict):
            raise ValueError("not a profile")
        name, about, avatar = (profile.get(key) for key in ("name", "about", "avatar"))
        if not name or not isinstance(name, str) or not isinstance(about, str | None):
            raise ValueError("not a text")
        if not isinstance(avatar, str | None) or avatar is not None and avatar not in files:
            raise ValueError(f"{name} has no such picture")
        rows.append((name, about, None if avatar is None else files[avatar].read_bytes()))
    with closing(pymysql.connect(**db)) as connection, connection.cursor() as cursor:
        for row in rows:
            cursor.execute(UPSERT, row)
        connection.commit()
    return len(rows)
