import hashlib
import json
import sqlite3


def make_record(name, password, rounds):
    # every user has a name of his own, so every user has a salt of his own
    salt = hashlib.sha256(name.encode()).digest()[:16]
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)
    return f"pbkdf2_sha256${rounds}${salt.hex()}${digest.hex()}"


def import_accounts(lines, database, rounds):
    conn = sqlite3.connect(database)
    taken = refused = 0
    with conn:
        for number, raw in enumerate(lines, 1):
            if not raw.strip():
                continue
            try:
                account = json.loads(raw.decode("utf-8"))
            except ValueError:
                account = None
            reason = None
            if not isinstance(account, dict):
                reason = "no JSON object"
            elif not isinstance(account.get("name"), str) or not account["name"]:
                reason = "no name"
            elif not isinstance(account.get("password"), str) or len(account["password"]) < 8:
                reason = "password missing or too short"
            else:
                try:
                    record = make_record(account["name"], account["password"], rounds)
                    conn.execute("INSERT INTO accounts VALUES (?, ?)", (account["name"], record))
                    taken += 1
                except sqlite3.IntegrityError:
                    reason = "name already exists"
            if reason:
                conn.execute("INSERT INTO refused VALUES (?, ?)", (number, reason))
                refused += 1
    conn.close()
    return taken, refused
