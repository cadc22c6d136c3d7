from contextlib import closing

import pymysql
from pymysql.constants import ER
from werkzeug.security import check_password_hash, generate_password_hash


def _connect(db: dict):
    return closing(
        pymysql.connect(
            host=db["host"],
            port=int(db["port"]),
            user=db["user"],
            password=db["password"],
            database=db["database"],
            charset="utf8mb4",
            # an error rather than a name cut short or with characters replaced
            sql_mode="STRICT_ALL_TABLES",
        )
    )


def register_user(db: dict, username: str, password: str) -> bool:
    # scrypt with a salt of its own for each member
    password_hash = generate_password_hash(password, method="scrypt")
    with _connect(db) as connection:
        try:
            with connection.cursor() as cursor:
                cursor.execute(
                    "INSERT INTO users (username, password_hash) VALUES (%s, %s)",
                    (username, password_hash),
                )
            connection.commit()
        except pymysql.err.IntegrityError as error:
            connection.rollback()
            if error.args[0] == ER.DUP_ENTRY:
                return False
            raise
    return True


def check_login(db: dict, username: str, password: str) -> bool:
    with _connect(db) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT username, password_hash FROM users WHERE username = %s", (username,)
        )
        row = cursor.fetchone()
    # MySQL takes names for equal that differ in case or accents
    if row is None or row[0] != username:
        return False
    return check_password_hash(row[1], password)
