import hashlib
import hmac
import re
import sqlite3

_NUMBER = r"([1-9][0-9]{0,9})"
_SALT_AND_HASH = r"\$((?:[0-9a-f]{2})+)\$([0-9a-f]{64})"
_PBKDF2 = re.compile(r"pbkdf2_sha256\$" + _NUMBER + _SALT_AND_HASH)
_SCRYPT = re.compile(r"scrypt\$" + ",".join([_NUMBER] * 3) + _SALT_AND_HASH)

# Beyond these a record is damaged; it mustn't keep the terminal busy for hours.
_MOST_ROUNDS = 10_000_000
_MOST_SCRYPT_MEMORY = 2**31 - 1  # also the most that hashlib allows
_MOST_SCRYPT_WORK = 2**26  # n * r * p


def _matches(record: str, secret: bytes) -> bool:
    """Whether the record is well-formed and made from this password."""
    if found := _PBKDF2.fullmatch(record):
        rounds = int(found[1])
        salt, expected = bytes.fromhex(found[2]), bytes.fromhex(found[3])
        if rounds > _MOST_ROUNDS:
            return False
        actual = hashlib.pbkdf2_hmac("sha256", secret, salt, rounds, dklen=32)
    elif found := _SCRYPT.fullmatch(record):
        n, r, p = int(found[1]), int(found[2]), int(found[3])
        salt, expected = bytes.fromhex(found[4]), bytes.fromhex(found[5])
        # The default limit of 32 MiB is too little for usual parameters.
        memory = 128 * r * (n + p + 2)
        if memory > _MOST_SCRYPT_MEMORY or n * r * p > _MOST_SCRYPT_WORK:
            return False
        try:
            actual = hashlib.scrypt(
                secret, salt=salt, n=n, r=r, p=p, maxmem=memory, dklen=32
            )
        except (ValueError, OverflowError, MemoryError):
            return False  # no parameters of scrypt, e.g. n is no power of two
    else:
        return False
    return hmac.compare_digest(actual, expected)


def check_password(conn: sqlite3.Connection, user_id: str, password: str) -> bool:
    """Whether the account may sign in with this password."""
    try:
        user_id.encode("utf-8")
        secret = password.encode("utf-8")
    except UnicodeEncodeError:
        return False  # lone surrogates are in no id and no password

    cursor = conn.cursor()
    cursor.row_factory = None
    try:
        row = cursor.execute(
            "SELECT record, locked FROM accounts WHERE id = ? COLLATE BINARY",
            (user_id,),
        ).fetchone()
    except sqlite3.OperationalError as error:
        if str(error).startswith("Could not decode to UTF-8"):
            return False  # a damaged record; everything else is a real fault
        raise
    finally:
        cursor.close()

    if row is None:
        return False
    record, locked = row
    if locked != 0 or not isinstance(record, str):
        return False
    return _matches(record, secret)
