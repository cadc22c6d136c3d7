import base64
import hashlib

import bcrypt
import pymysql


def condensed(password):
    """bcrypt looks at 72 bytes; a long password of other letters than English ones may have more."""
    return base64.b64encode(hashlib.sha256(password.encode("utf-8")).digest())


def fetch_hash(connection, username):
    with connection.cursor() as cursor:
        cursor.execute("SELECT password_hash FROM users WHERE username = %(name)s", {"name": username})
        found = cursor.fetchone()
    return found and found[0].encode("ascii")


def register_user(db, username, password):
    with pymysql.connect(**db, autocommit=True) as connection:
        if fetch_hash(connection, username):
            return False
        hashed = bcrypt.hashpw(condensed(password), bcrypt.gensalt(rounds=10)).decode("ascii")
        with connection.cursor() as cursor:
            # IGNORE: someone else may have taken the name a moment ago
            cursor.execute("INSERT IGNORE INTO users (username, password_hash) VALUES (%s, %s)", [username, hashed])
            return cursor.rowcount == 1


def check_login(db, username, password):
    with pymysql.connect(**db) as connection:
        hashed = fetch_hash(connection, username)
    return bool(hashed) and bcrypt.checkpw(condensed(password), hashed)
