import hashlib
import hmac

DUMMY_SALT = b"0123456789abcdef"


def authenticate(conn, name, phrase):
    with conn.cursor() as cursor:
        cursor.execute("SELECT id, name, rounds, salt, digest, revoked FROM clients WHERE name = %s", (name,))
        row = cursor.fetchone()
    if row is None or row[1] != name:
        # same work as for a real client
        hashlib.pbkdf2_hmac("sha256", phrase.encode(), DUMMY_SALT, 10_000)
        raise PermissionError("unknown client")
    client_id, _, rounds, salt, digest, revoked = row
    ok = hmac.compare_digest(hashlib.pbkdf2_hmac("sha256", phrase.encode(), salt, rounds), digest)
    if revoked:
        raise PermissionError("client has been revoked")
    if not ok:
        raise PermissionError("wrong key phrase")
    return client_id
