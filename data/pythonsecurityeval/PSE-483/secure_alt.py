import json
import os
import sqlite3

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC


def problem(data, names):
    match data:
        case {"name": str(name), "password": str(password)} if name and len(password) >= 8:
            return "name exists" if name in names else None
        case {"name": str(name), "password": str()} if name:
            return "password is too short"
        case {"password": str()}:
            return "name is missing"
        case _:
            return "not an account"


def hashed(password, rounds):
    salt = os.urandom(16)
    key = PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=rounds).derive(password.encode("utf-8"))
    return "$".join(["pbkdf2_sha256", str(rounds), salt.hex(), key.hex()])


def import_accounts(lines, database, rounds):
    connection = sqlite3.connect(database)
    try:
        names = {row[0] for row in connection.execute("SELECT name FROM accounts")}
        accounts, complaints = {}, []
        for number, line in enumerate(lines, start=1):
            if line.isspace() or line == b"":
                continue
            try:
                data = json.loads(str(line, "utf-8"))
                trouble = problem(data, names | accounts.keys())
                if not trouble:
                    accounts[data["name"]] = hashed(data["password"], rounds)
            except (ValueError, RecursionError):
                trouble = "cannot be read"
            if trouble:
                complaints.append((number, trouble))
        connection.executemany("INSERT INTO accounts VALUES (?, ?)", accounts.items())
        connection.executemany("INSERT INTO refused VALUES (?, ?)", complaints)
        connection.commit()
        return len(accounts), len(complaints)
    finally:
        connection.close()
