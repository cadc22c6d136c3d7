import hashlib

import pymysql


def hash_password(password):
    return hashlib.sha256(password.encode("utf-8")).hexdigest()


def register_user(db, username, password):
    conn = pymysql.connect(**db)
    try:
        with conn.cursor() as cur:
            cur.execute("SELECT COUNT(*) FROM users WHERE username = %s", (username,))
            if cur.fetchone()[0] > 0:
                return False
            cur.execute(
                "INSERT INTO users (username, password_hash) VALUES (%s, %s)",
                (username, hash_password(password)),
            )
        conn.commit()
        return True
    finally:
        conn.close()


def check_login(db, username, password):
    conn = pymysql.connect(**db)
    try:
        with conn.cursor() as cur:
            cur.execute(
                "SELECT 1 FROM users WHERE username = %s AND password_hash = %s",
                (username, hash_password(password)),
            )
            return cur.fetchone() is not None
    finally:
        conn.close()
