import hashlib
import hmac
import os
from contextlib import closing

import mysql.connector


def digest(password, salt):
    return hashlib.scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def register_user(db, username, password):
    salt = os.urandom(16)
    stored = f"{salt.hex()}${digest(password, salt).hex()}"
    with closing(mysql.connector.connect(**db)) as connection, closing(connection.cursor()) as cursor:
        try:
            cursor.execute("INSERT INTO users (username, password_hash) VALUES (%s, %s)", (username, stored))
        except mysql.connector.IntegrityError:
            return False
        connection.commit()
    return True


def check_login(db, username, password):
    with closing(mysql.connector.connect(**db)) as connection, closing(connection.cursor()) as cursor:
        cursor.execute("SELECT password_hash FROM users WHERE username = %s", (username,))
        row = cursor.fetchone()
    if row is None:
        return False
    salt, expected = map(bytes.fromhex, row[0].split("$"))
    return hmac.compare_digest(digest(password, salt), expected)
