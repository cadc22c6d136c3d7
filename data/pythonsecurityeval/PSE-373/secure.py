import hashlib
import hmac

FIND = "SELECT id, name, rounds, salt, digest, revoked FROM clients WHERE name = %s"
NOBODY = (None, None, 10_000, bytes(16), bytes(32), 1)


def authenticate(conn, name, phrase):
    with conn.cursor() as cursor:
        cursor.execute(FIND, (name,))
        found = [row for row in cursor.fetchall() if row[1] == name]
    number, _, rounds, salt, digest, revoked = found[0] if found else NOBODY
    typed = hashlib.pbkdf2_hmac("sha256", phrase.encode(), salt, rounds)
    if not hmac.compare_digest(typed, digest) or revoked:
        raise PermissionError("unknown client or wrong phrase")
    return number
