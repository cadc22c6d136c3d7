import base64
import hashlib

import bcrypt
import pymysql

SET = "UPDATE users SET record = %s WHERE name = %s"


def digest(password):
    """44 bytes without NUL, as bcrypt takes no more than 72."""
    return base64.b64encode(hashlib.sha256(password.encode()).digest())


def new_record(password, cost):
    return bcrypt.hashpw(digest(password), bcrypt.gensalt(cost)).decode()


def find(cursor, user):
    return cursor.execute("SELECT record FROM users WHERE name = %s", (user,)) and cursor.fetchone()


def set_password(db, user, password, cost):
    if not 1 <= len(password) <= 1000:
        raise ValueError("the passphrase is empty or too long")
    with pymysql.connect(**db) as connection, connection.cursor() as cursor:
        if not find(cursor, user):
            raise LookupError("no such user")
        cursor.execute(SET, (new_record(password, cost), user))
        connection.commit()


def check_password(db, user, password, cost):
    with pymysql.connect(**db) as connection, connection.cursor() as cursor:
        row = find(cursor, user)
        if not row or row[0] is None or not bcrypt.checkpw(digest(password), row[0].encode()):
            return False
        if int(row[0].split("$")[2]) < cost:
            cursor.execute(SET, (new_record(password, cost), user))
            connection.commit()
    return True
