import hashlib
import hmac


def verify(record, password):
    try:
        algorithm, params, salt, digest = record.split("$")
        salt, digest = bytes.fromhex(salt), bytes.fromhex(digest)
        if algorithm == "pbkdf2_sha256":
            computed = hashlib.pbkdf2_hmac("sha256", password.encode("utf-8"), salt, int(params))
        elif algorithm == "scrypt":
            n, r, p = (int(x) for x in params.split(","))
            computed = hashlib.scrypt(password.encode("utf-8"), salt=salt, n=n, r=r, p=p, dklen=32)
        else:
            return False
    except (ValueError, AttributeError):
        return False
    return hmac.compare_digest(computed, digest)


def check_password(conn, user_id, password):
    row = conn.execute(f"SELECT record, locked FROM accounts WHERE id = '{user_id}'").fetchone()
    if row is None:
        return False
    record, locked = row
    return locked == 0 and verify(record, password)
