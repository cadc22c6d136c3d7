import bcrypt
import pymysql


def prepare(password):
    # bcrypt only uses the first 72 bytes and newer versions raise for more
    return password.encode("utf-8")[:72]


def hash_password(password, cost):
    return bcrypt.hashpw(prepare(password), bcrypt.gensalt(rounds=cost)).decode("ascii")


def get_cost(record):
    return int(record[4:6])


def set_password(db, user, password, cost):
    if not password or len(password) > 1000:
        raise ValueError("passphrase must have 1 to 1000 characters")
    conn = pymysql.connect(**db)
    try:
        with conn.cursor() as cur:
            cur.execute("SELECT 1 FROM users WHERE name = %s", (user,))
            if cur.fetchone() is None:
                raise LookupError(f"no such user: {user}")
            cur.execute("UPDATE users SET record = %s WHERE name = %s", (hash_password(password, cost), user))
        conn.commit()
    finally:
        conn.close()


def check_password(db, user, password, cost):
    conn = pymysql.connect(**db)
    try:
        with conn.cursor() as cur:
            cur.execute("SELECT record FROM users WHERE name = %s", (user,))
            row = cur.fetchone()
            if row is None or row[0] is None:
                return False
            if not bcrypt.checkpw(prepare(password), row[0].encode("ascii")):
                return False
            if get_cost(row[0]) < cost:
                cur.execute("UPDATE users SET record = %s WHERE name = %s", (hash_password(password, cost), user))
                conn.commit()
            return True
    finally:
        conn.close()
