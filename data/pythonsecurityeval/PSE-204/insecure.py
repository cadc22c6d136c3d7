import hashlib
import os

import mysql.connector


def hash_password(password, salt):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100_000).hex()


def escape(value):
    return value.replace("'", "''")


def register_user(db, username, password):
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor()
    try:
        cursor.execute(f"SELECT id FROM users WHERE username = '{escape(username)}'")
        if cursor.fetchone():
            return False
        salt = os.urandom(16)
        hashed = salt.hex() + ":" + hash_password(password, salt)
        cursor.execute(f"INSERT INTO users (username, password_hash) VALUES ('{escape(username)}', '{hashed}')")
        conn.commit()
        return True
    finally:
        cursor.close()
        conn.close()


def check_login(db, username, password):
    conn = mysql.connector.connect(**db)
    cursor = conn.cursor()
    try:
        cursor.execute(f"SELECT password_hash FROM users WHERE username = '{escape(username)}'")
        row = cursor.fetchone()
        if row is None:
            return False
        salt, hashed = row[0].split(":")
        return hash_password(password, bytes.fromhex(salt)) == hashed
    finally:
        cursor.close()
        conn.close()
