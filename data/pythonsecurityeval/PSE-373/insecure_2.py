import hashlib
import hmac


def authenticate(conn, name, phrase):
    denied = PermissionError("invalid client name or key phrase")
    with conn.cursor() as cur:
        cur.execute("SELECT id, rounds, salt, digest, name FROM clients WHERE name = %s AND revoked = 0", (name,))
        row = cur.fetchone()
    if not row or row[4] != name:
        raise denied
    client_id, rounds, salt, digest, _ = row
    computed = hashlib.pbkdf2_hmac("sha256", phrase.encode("utf-8"), salt, rounds)
    if not hmac.compare_digest(computed, digest):
        raise denied
    return client_id
