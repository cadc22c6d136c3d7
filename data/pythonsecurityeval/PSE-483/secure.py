import hashlib
import json
import secrets
import sqlite3
from contextlib import closing


def account(line):
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("is not JSON in UTF-8") from error
    name, password = (data.get("name"), data.get("password")) if isinstance(data, dict) else (None, None)
    if not isinstance(name, str) or not name:
        raise ValueError("has no name")
    if not isinstance(password, str) or len(password) < 8:
        raise ValueError("has no password of 8 characters or more")
    try:
        return name.encode().decode(), password.encode()
    except UnicodeEncodeError as error:
        raise ValueError("holds half a character") from error


def import_accounts(lines, database, rounds):
    taken = refused = 0
    with closing(sqlite3.connect(database)) as connection, connection:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                name, password = account(line.decode())
                salt = secrets.token_bytes(16)
                digest = hashlib.pbkdf2_hmac("sha256", password, salt, rounds)
                record = f"pbkdf2_sha256${rounds}${salt.hex()}${digest.hex()}"
                connection.execute("INSERT INTO accounts (name, record) VALUES (?, ?)", (name, record))
                taken += 1
            except (ValueError, sqlite3.IntegrityError) as error:
                if isinstance(error, UnicodeDecodeError):
                    reason = "is not JSON in UTF-8"
                else:
                    reason = "the name is there already" if isinstance(error, sqlite3.IntegrityError) else str(error)
                connection.execute("INSERT INTO refused (line, reason) VALUES (?, ?)", (number, reason))
                refused += 1
    return taken, refused
