"""Members of the club's site, kept in a MySQL table."""

import base64
import binascii
import hashlib
import hmac
import os
from contextlib import closing

import pymysql

__all__ = ["register_user", "check_login"]

_LONGEST = 64
_DUPLICATE_ENTRY = 1062

# scrypt: 32 MiB and some tenths of a second per guess
_LOG_N, _R, _P = 15, 8, 3
_SALT_BYTES, _HASH_BYTES = 16, 32
_PREFIX = f"scrypt${_LOG_N}${_R}${_P}$"


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=2**_LOG_N,
        r=_R,
        p=_P,
        maxmem=2**26,
        dklen=_HASH_BYTES,
    )


def _hashed(password: str) -> str:
    salt = os.urandom(_SALT_BYTES)
    parts = (salt, _scrypt(password, salt))
    return _PREFIX + "$".join(base64.b64encode(part).decode("ascii") for part in parts)


def _matches(password: str, stored: str | None) -> bool:
    """Whether ``stored`` was made of ``password``; takes as long for None."""
    salt = expected = None
    if isinstance(stored, str) and stored.startswith(_PREFIX):
        parts = stored[len(_PREFIX) :].split("$")
        try:
            salt, expected = (base64.b64decode(part, validate=True) for part in parts)
        except (binascii.Error, ValueError):
            salt = expected = None
    if expected is None or len(expected) != _HASH_BYTES:
        salt, expected = os.urandom(_SALT_BYTES), None
    actual = _scrypt(password, salt)
    return expected is not None and hmac.compare_digest(actual, expected)


def _check_text(text: str, what: str) -> None:
    if not isinstance(text, str):
        raise TypeError(f"{what} must be a str")
    if len(text) > _LONGEST:
        raise ValueError(f"{what} has more than {_LONGEST} characters")


def _connect(db: dict):
    return pymysql.connect(
        host=db["host"],
        port=int(db["port"]),
        user=db["user"],
        password=db["password"],
        database=db["database"],
        charset="utf8mb4",
        # Rather an error than a name that was cut or altered.
        sql_mode="STRICT_ALL_TABLES",
    )


def register_user(db: dict, username: str, password: str) -> bool:
    """Adds a member; False if there is one of that name."""
    _check_text(username, "username")
    _check_text(password, "password")
    username.encode("utf-8")  # UnicodeEncodeError is a ValueError
    password_hash = _hashed(password)
    with closing(_connect(db)) as connection:
        try:
            with connection.cursor() as cursor:
                # The UNIQUE index decides: a look beforehand could be outrun.
                cursor.execute(
                    "INSERT INTO users (username, password_hash) VALUES (%s, %s)",
                    (username, password_hash),
                )
            connection.commit()
        except pymysql.err.IntegrityError as error:
            if error.args and error.args[0] == _DUPLICATE_ENTRY:
                connection.rollback()
                return False
            raise
    return True


def check_login(db: dict, username: str, password: str) -> bool:
    """Whether there is a member of that name with that password."""
    try:
        _check_text(username, "username")
        _check_text(password, "password")
        username.encode("utf-8")
    except ValueError:
        return False  # nobody can have registered like that
    with closing(_connect(db)) as connection:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT username, password_hash FROM users WHERE username = %s",
                (username,),
            )
            rows = cursor.fetchall()
    # The column's collation may find "bob" for "Bob"; a name is what was typed.
    stored = None
    for name, password_hash in rows:
        if name == username:
            stored = password_hash
    return _matches(password, stored)
