import json
import os
import sqlite3
from contextlib import closing

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


def cipher(pin, salt):
    return AESGCM(Scrypt(salt=salt, length=32, n=4096, r=8, p=1).derive(pin.encode()))


def store_login(path, user, pin, login):
    salt, nonce = os.urandom(16), os.urandom(12)
    box = cipher(pin, salt).encrypt(nonce, json.dumps(login).encode(), user.encode())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS vault (user TEXT PRIMARY KEY, salt BLOB, nonce BLOB, box BLOB)")
        connection.execute("REPLACE INTO vault VALUES (?, ?, ?, ?)", (user, salt, nonce, box))


def load_login(path, user, pin):
    if not os.path.exists(path):
        raise LookupError("no vault")
    with closing(sqlite3.connect(path)) as connection:
        row = connection.execute("SELECT salt, nonce, box FROM vault WHERE user = ?", (user,)).fetchone()
    if row is None:
        raise LookupError(f"nothing kept for {user}")
    try:
        salt, nonce, box = row
        return json.loads(cipher(pin, salt).decrypt(nonce, box, user.encode()))
    except (InvalidTag, TypeError, ValueError) as error:
        raise PermissionError("wrong PIN or damaged") from error
