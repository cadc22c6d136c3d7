import base64
import hashlib
import json
import os
import sqlite3

from cryptography.fernet import Fernet, InvalidToken


def derive(user, pin, salt):
    raw = hashlib.scrypt(pin.encode(), salt=salt + user.encode(), n=4096, r=8, p=1, dklen=32)
    return base64.urlsafe_b64encode(raw)


def pin_hash(pin, salt):
    return hashlib.sha256(salt + pin.encode()).hexdigest()


def store_login(path, user, pin, login):
    salt = os.urandom(16)
    data = Fernet(derive(user, pin, salt)).encrypt(json.dumps(login).encode())
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE IF NOT EXISTS vault (user TEXT PRIMARY KEY, salt BLOB, pin_hash TEXT, data BLOB)")
    conn.execute("INSERT OR REPLACE INTO vault VALUES (?, ?, ?, ?)", (user, salt, pin_hash(pin, salt), data))
    conn.commit()
    conn.close()


def load_login(path, user, pin):
    if not os.path.exists(path):
        raise LookupError("no vault file")
    conn = sqlite3.connect(path)
    row = conn.execute("SELECT salt, pin_hash, data FROM vault WHERE user = ?", (user,)).fetchone()
    conn.close()
    if row is None:
        raise LookupError(f"no login stored for {user}")
    salt, stored, data = row
    try:
        if pin_hash(pin, salt) != stored:
            raise PermissionError("wrong PIN")
        return json.loads(Fernet(derive(user, pin, salt)).decrypt(data))
    except (InvalidToken, TypeError) as error:
        raise PermissionError("vault is damaged") from error
