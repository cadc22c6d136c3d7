from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

QUERY = "SELECT name, salt, rounds, digest, id, revoked FROM clients WHERE name = %(name)s"


def right(phrase, salt, rounds, digest):
    try:
        PBKDF2HMAC(algorithm=SHA256(), length=32, salt=salt, iterations=rounds).verify(phrase.encode("utf-8"), digest)
    except InvalidKey:
        return False
    return True


def authenticate(conn, name, phrase):
    cursor = conn.cursor()
    cursor.execute(QUERY, {"name": name})
    number, revoked, record = None, 0, (b"no such client..", 10_000, b"\0" * 32)
    for row in cursor:
        if row[0] == name:
            record, number, revoked = row[1:4], *row[4:]
    cursor.close()
    if (right(phrase, *record), revoked, number is None) != (True, 0, False):
        raise PermissionError("not let in")
    return number
