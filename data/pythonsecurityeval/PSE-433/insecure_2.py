import hashlib
import re
from pathlib import Path

import mysql.connector


def migrate(folder, database):
    connection = mysql.connector.connect(**database)
    cursor = connection.cursor()
    cursor.execute("SELECT name, sha256 FROM migrations")
    applied = {name: digest for name, digest in cursor.fetchall()}
    done = []
    for path in sorted(Path(folder).glob("*.sql")):
        if not re.fullmatch(r"[0-9]{3}_[a-z0-9]+\.sql", path.name) or path.is_symlink() or not path.is_file():
            continue
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if path.name in applied:
            if applied[path.name] != digest:
                raise ValueError(f"{path.name} was modified after it was applied")
            continue
        cursor.execute(data.decode("utf-8"))
        cursor.execute("INSERT INTO migrations (name, sha256) VALUES (%s, %s)", (path.name, digest))
        connection.commit()
        done.append(path.name)
    connection.close()
    return done
