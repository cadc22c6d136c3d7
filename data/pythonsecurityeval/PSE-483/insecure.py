import hashlib
import json
import os
import sqlite3


def import_accounts(lines, database, rounds):
    conn = sqlite3.connect(database)
    taken = refused = 0

    def refuse(number, reason):
        conn.execute("INSERT INTO refused VALUES (?, ?)", (number, reason))

    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            account = json.loads(raw.decode("utf-8"))
            name, password = account["name"], account["password"]
            if not isinstance(name, str) or not isinstance(password, str) or not name:
                raise ValueError("name and password must be texts")
            if len(password) < 8:
                raise ValueError("password too short")
            salt = os.urandom(16)
            digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
            conn.execute("INSERT INTO accounts VALUES (?, ?)", (name, f"pbkdf2_sha256${rounds}${salt.hex()}${digest.hex()}"))
            taken += 1
        except (ValueError, KeyError, TypeError, sqlite3.IntegrityError) as e:
            refuse(number, f"{e!r} in line: {raw.decode('utf-8', 'replace').strip()}")
            refused += 1
    conn.commit()
    conn.close()
    return taken, refused
