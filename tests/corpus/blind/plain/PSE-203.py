import hashlib
import hmac
import re
import sqlite3

_NUMBER = r"[1-9][0-9]{0,9}"
_RECORD = re.compile(
    rf"(?:pbkdf2_sha256\$(?P<rounds>{_NUMBER})"
    rf"|scrypt\$(?P<n>{_NUMBER}),(?P<r>{_NUMBER}),(?P<p>{_NUMBER}))"
    r"\$(?P<salt>(?:[0-9a-f]{2})+)\$(?P<hash>[0-9a-f]{64})"
)


def check_password(conn: sqlite3.Connection, user_id: str, password: str) -> bool:
    """True if the account may sign in with this password."""
    try:
        user_id.encode("utf-8")
        secret = password.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates match no id and no password
        return False

    # The GLOB keeps out records that aren't even readable as text.
    row = conn.execute(
        "SELECT record FROM accounts"
        " WHERE id = ? AND locked = 0 AND typeof(record) = 'text'"
        " AND record NOT GLOB '*[^a-z0-9_,$]*'",
        (user_id,),
    ).fetchone()
    if row is None:
        return False
    match = _RECORD.fullmatch(row[0])
    if match is None:
        return False

    salt = bytes.fromhex(match["salt"])
    expected = bytes.fromhex(match["hash"])
    try:
        if match["rounds"]:
            actual = hashlib.pbkdf2_hmac(
                "sha256", secret, salt, int(match["rounds"]), dklen=32
            )
        else:
            n, r, p = int(match["n"]), int(match["r"]), int(match["p"])
            # The default limit of 32 MiB is too low for e.g. 32768,8,1.
            memory = 128 * r * (n + p + 2) + 1024
            actual = hashlib.scrypt(
                secret, salt=salt, n=n, r=r, p=p, maxmem=memory, dklen=32
            )
    except (ValueError, OverflowError, MemoryError):  # impossible parameters
        return False
    return hmac.compare_digest(actual, expected)
