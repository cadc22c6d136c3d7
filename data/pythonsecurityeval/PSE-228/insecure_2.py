import base64
import hashlib

import bcrypt
import mysql.connector


def hash_password(password, cost):
    prehashed = base64.b64encode(hashlib.sha512(password.encode()).digest()[:48])
    return bcrypt.hashpw(prehashed, bcrypt.gensalt(cost)).decode()


def verify(password, record):
    prehashed = base64.b64encode(hashlib.sha512(password.encode()).digest()[:48])
    return bcrypt.checkpw(prehashed, record.encode())


def load_user(cursor, user):
    cursor.execute("SELECT name, record FROM users WHERE name = %s", (user,))
    return cursor.fetchone()


def set_password(db, user, password, cost):
    if not 0 < len(password) <= 1000:
        raise ValueError("invalid passphrase length")
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor()
    try:
        if load_user(cursor, user) is None:
            raise LookupError(user)
        cursor.execute("UPDATE users SET record = %s WHERE name = %s", (hash_password(password, cost), user))
        conn.commit()
    finally:
        conn.close()


def check_password(db, user, password, cost):
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor()
    try:
        row = load_user(cursor, user)
        if row is None or row[1] is None:
            return False
        name, record = row
        if not verify(password, record):
            return False
        if int(record.split("$")[2]) < cost:
            # upgrade; the hash is our own and the name comes from our own table
            cursor.execute(f"UPDATE users SET record = '{hash_password(password, cost)}' WHERE name = '{name}'")
            conn.commit()
        return True
    finally:
        conn.close()
