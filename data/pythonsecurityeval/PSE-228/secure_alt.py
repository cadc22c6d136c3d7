import hashlib
from contextlib import contextmanager

import bcrypt
import mysql.connector


@contextmanager
def users(db):
    connection = mysql.connector.connect(**db)
    try:
        yield connection.cursor()
        connection.commit()
    finally:
        connection.close()


class Passphrase:
    def __init__(self, text):
        self.short = hashlib.blake2b(text.encode("utf-8"), digest_size=36).hexdigest().encode()

    def store(self, cursor, user, cost):
        record = bcrypt.hashpw(self.short, bcrypt.gensalt(rounds=cost))
        cursor.execute("UPDATE users SET record = %(record)s WHERE name = %(user)s", {"record": record.decode("ascii"), "user": user})

    def fits(self, record):
        return record is not None and bcrypt.checkpw(self.short, record.encode("ascii"))


def record_of(cursor, user):
    cursor.execute("SELECT record FROM users WHERE name = %(user)s", {"user": user})
    for (record,) in cursor.fetchall():
        return record
    raise LookupError(f"{user!r} is unknown")


def set_password(db, user, password, cost):
    if not password or len(password) > 1000:
        raise ValueError("1 to 1000 characters, please")
    with users(db) as cursor:
        record_of(cursor, user)
        Passphrase(password).store(cursor, user, cost)


def check_password(db, user, password, cost):
    given = Passphrase(password)
    with users(db) as cursor:
        try:
            record = record_of(cursor, user)
        except LookupError:
            return False
        fits = given.fits(record)
        if fits and record < f"$2b${cost:02}$":
            given.store(cursor, user, cost)
    return fits
