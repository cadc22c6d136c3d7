import hashlib
import sqlite3

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class PrivateFields:
    def __init__(self, path, key):
        self.path = path
        self.aes = AESGCM(key)

    def nonce(self, field):
        # every field gets its own nonce
        return hashlib.sha256(field.encode()).digest()[:12]

    def put(self, customer, field, text):
        sealed = self.aes.encrypt(self.nonce(field), text.encode(), f"{customer}:{field}".encode())
        with sqlite3.connect(self.path) as db:
            db.execute("INSERT OR REPLACE INTO private (customer, field, sealed) VALUES (?, ?, ?)", (customer, field, sealed))

    def get(self, customer, field):
        with sqlite3.connect(self.path) as db:
            found = db.execute("SELECT sealed FROM private WHERE customer = ? AND field = ?", (customer, field)).fetchone()
        if not found:
            raise KeyError(field)
        try:
            return self.aes.decrypt(self.nonce(field), found[0], f"{customer}:{field}".encode()).decode()
        except InvalidTag:
            raise ValueError("cannot decrypt")
