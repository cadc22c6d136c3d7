import hashlib
import hmac
import re

FORM = re.compile(r"(?:(pbkdf2_sha256)\$([0-9]{1,9})|scrypt\$([0-9]{1,9}),([0-9]{1,4}),([0-9]{1,4}))\$((?:[0-9a-f]{2})*)\$([0-9a-f]{64})")


def check_password(conn, user_id, password):
    row = conn.execute("SELECT record FROM accounts WHERE id = ? AND locked = 0", (user_id,)).fetchone()
    parts = row and row[0] and FORM.fullmatch(row[0])
    if not parts:
        return False
    algorithm, rounds, n, r, p, salt, wanted = parts.groups()
    try:
        if algorithm:
            found = hashlib.pbkdf2_hmac("sha256", password.encode(), bytes.fromhex(salt), int(rounds))
        else:
            found = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), dklen=32)
    except ValueError:  # parameters that the algorithm does not take
        return False
    return hmac.compare_digest(found, bytes.fromhex(wanted))
