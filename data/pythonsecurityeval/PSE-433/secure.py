import hashlib
import re
from contextlib import closing
from pathlib import Path

import mysql.connector


def migrate(folder, database):
    files = {}
    for path in sorted(Path(folder).iterdir()):
        if re.fullmatch(r"[0-9]{3}_[a-z0-9]+\.sql", path.name) and path.is_file() and not path.is_symlink():
            files[path.name] = path.read_bytes()
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    with closing(mysql.connector.connect(**database)) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("SELECT name, sha256 FROM migrations")
        applied = dict(cursor.fetchall())
        if any(hashes.get(name, known) != known for name, known in applied.items()):
            raise ValueError("a migration was changed")
        pending = [name for name in files if name not in applied]
        for name in pending:
            cursor.execute(files[name].decode())
            cursor.execute("INSERT INTO migrations VALUES (%s, %s)", (name, hashes[name]))
            connection.commit()
    return pending
