import hashlib
import os
import re

import pymysql


def migrate(folder, database):
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if re.fullmatch(r"\d\d\d_[a-z0-9]+[.]sql", entry.name, re.ASCII) and entry.is_file(follow_symlinks=False):
                with open(os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
                    content = file.read()
                found.append((entry.name, hashlib.sha256(content).hexdigest(), content))
    connection = pymysql.connect(**database, autocommit=True)
    done = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, sha256 FROM migrations")
            known = {name: digest for name, digest in cursor}
            for name, digest, _ in found:
                if known.get(name, digest) != digest:
                    raise ValueError(f"{name} is not what was run")
            for name, digest, content in sorted(found):
                if name not in known:
                    cursor.execute(content.decode("utf-8"))
                    cursor.execute("INSERT INTO migrations (name, sha256) VALUES (%s, %s)", (name, digest))
                    done.append(name)
    finally:
        connection.close()
    return done
