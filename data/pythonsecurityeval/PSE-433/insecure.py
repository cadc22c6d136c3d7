import hashlib
import os
import re

import mysql.connector


def migrate(folder, database):
    names = sorted(n for n in os.listdir(folder) if re.fullmatch(r"\d{3}_[a-z0-9]+\.sql", n) and os.path.isfile(os.path.join(folder, n)))
    content = {}
    for name in names:
        with open(os.path.join(folder, name), "rb") as f:
            content[name] = f.read()
    conn = mysql.connector.connect(**database)
    cursor = conn.cursor()
    cursor.execute("SELECT name, sha256 FROM migrations")
    applied = dict(cursor.fetchall())
    for name in names:
        if name in applied and applied[name] != hashlib.sha256(content[name]).hexdigest():
            raise ValueError(f"{name} has changed")
    result = []
    for name in names:
        if name in applied:
            continue
        cursor.execute(content[name].decode("utf-8"))
        cursor.execute("INSERT INTO migrations (name, sha256) VALUES (%s, %s)", (name, hashlib.sha256(content[name]).hexdigest()))
        conn.commit()
        result.append(name)
    conn.close()
    return result
