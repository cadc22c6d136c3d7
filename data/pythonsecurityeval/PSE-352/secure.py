import hashlib
import hmac
import secrets

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

FIND = text("SELECT id, password FROM members WHERE name = :name")
REPLACE = text("UPDATE members SET password = :record WHERE id = :id")


def digest(password, salt, rounds):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds)


def login(path, name, password, rounds):
    with create_engine(f"sqlite:///{path}", poolclass=NullPool).begin() as connection:
        row = connection.execute(FIND, {"name": name}).first()
        if row is None or not row.password:
            return False
        if row.password.startswith("pbkdf2:"):
            _, count, salt, wanted = row.password.split(":")
            return hmac.compare_digest(digest(password, bytes.fromhex(salt), int(count)), bytes.fromhex(wanted))
        if not hmac.compare_digest(row.password.encode(), password.encode()):
            return False
        salt = secrets.token_bytes(16)
        record = f"pbkdf2:{rounds}:{salt.hex()}:{digest(password, salt, rounds).hex()}"
        connection.execute(REPLACE, {"record": record, "id": row.id})
        return True
