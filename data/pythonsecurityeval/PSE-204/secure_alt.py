import os

import pymysql
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id


def fetch_hash(connection, username):
    with connection.cursor() as cursor:
        cursor.execute("SELECT password_hash FROM users WHERE username = %(name)s", {"name": username})
        found = cursor.fetchone()
    return found and found[0]


def register_user(db, username, password):
    with pymysql.connect(**db, autocommit=True) as connection:
        if fetch_hash(connection, username):
            return False
        argon2 = Argon2id(salt=os.urandom(16), length=32, iterations=2, lanes=1, memory_cost=19 * 1024)
        encoded = argon2.derive_phc_encoded(password.encode("utf-8"))
        with connection.cursor() as cursor:
            # IGNORE: someone else may have taken the name a moment ago
            cursor.execute("INSERT IGNORE INTO users (username, password_hash) VALUES (%s, %s)", [username, encoded])
            return cursor.rowcount == 1


def check_login(db, username, password):
    with pymysql.connect(**db) as connection:
        encoded = fetch_hash(connection, username)
    try:
        Argon2id.verify_phc_encoded(password.encode("utf-8"), encoded or "")
    except InvalidKey:
        return False
    return True
