import hashlib
import json
import os
import sqlite3

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def aes(user, pin, salt):
    material = hashlib.scrypt(pin.encode(), salt=salt + user.encode(), n=4096, r=8, p=1, dklen=48)
    return Cipher(algorithms.AES(material[:32]), modes.CTR(material[32:]))


def store_login(path, user, pin, login):
    salt = os.urandom(16)
    encryptor = aes(user, pin, salt).encryptor()
    data = encryptor.update(json.dumps(login).encode("utf-8")) + encryptor.finalize()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS logins (user TEXT PRIMARY KEY, salt BLOB, data BLOB)")
        connection.execute("INSERT OR REPLACE INTO logins (user, salt, data) VALUES (?, ?, ?)", (user, salt, data))
    connection.close()


def load_login(path, user, pin):
    if not os.path.isfile(path):
        raise LookupError(path)
    connection = sqlite3.connect(path)
    row = connection.execute("SELECT salt, data FROM logins WHERE user = ?", (user,)).fetchone()
    connection.close()
    if not row:
        raise LookupError(user)
    try:
        decryptor = aes(user, pin, row[0]).decryptor()
        # with a wrong PIN or a damaged row this is not JSON
        return json.loads(decryptor.update(row[1]) + decryptor.finalize())
    except (TypeError, ValueError):
        raise PermissionError("wrong PIN")
