import hashlib
import os
import re
import stat
from contextlib import closing

import pymysql

_NAME = re.compile(r"[0-9]{3}_[a-z0-9]+\.sql")
_LONGEST_NAME = 80


def _read_migrations(folder: str) -> dict[str, bytes]:
    """The bytes of the migrations in the folder, by ascending name."""
    migrations = {}
    for name in sorted(os.listdir(folder)):
        if not _NAME.fullmatch(name):
            continue
        path = os.path.join(folder, name)
        if not stat.S_ISREG(os.lstat(path).st_mode):
            continue
        # Others can write to the folder: the file may be swapped for a link or
        # a pipe after the check, so don't follow or wait, and check again.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                continue
            migrations[name] = file.read()
    return migrations


def migrate(folder: str, database: dict[str, str]) -> list[str]:
    """Run the migrations that haven't been run yet and return their names."""
    contents = _read_migrations(folder)
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}

    with closing(
        pymysql.connect(
            host=database["host"],
            user=database["user"],
            password=database["password"],
            database=database["database"],
            charset="utf8mb4",
        )
    ) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT name, sha256 FROM migrations")
        done = dict(cursor.fetchall())
        connection.commit()

        for name in contents:
            if name in done and done[name] != hashes[name]:
                raise ValueError(f"{name} was changed after it was run")
        statements = {}
        for name, data in contents.items():
            if name not in done:
                if len(name) > _LONGEST_NAME:
                    raise ValueError(f"{name}: the name is too long to be listed")
                statements[name] = data.decode("utf-8-sig")

        for name, statement in statements.items():
            cursor.execute(statement)
            cursor.execute(
                "INSERT INTO migrations (name, sha256) VALUES (%s, %s)",
                (name, hashes[name]),
            )
            connection.commit()
    return list(statements)
