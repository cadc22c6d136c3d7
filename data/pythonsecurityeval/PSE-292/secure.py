import json
import os
import sqlite3
from contextlib import closing

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class PrivateFields:
    def __init__(self, path, key):
        self._path = path
        self._cipher = AESGCM(key)

    def put(self, customer, field, text):
        nonce = os.urandom(12)
        sealed = nonce + self._cipher.encrypt(nonce, text.encode(), json.dumps([customer, field]).encode())
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute("REPLACE INTO private VALUES (?, ?, ?)", (customer, field, sealed))

    def get(self, customer, field):
        query = "SELECT CAST(sealed AS BLOB) FROM private WHERE customer = ? AND field = ?"
        with closing(sqlite3.connect(self._path)) as connection:
            row = connection.execute(query, (customer, field)).fetchone()
        if row is None:
            raise KeyError(field)
        sealed = row[0] or b""
        try:
            text = self._cipher.decrypt(sealed[:12], sealed[12:], json.dumps([customer, field]).encode())
        except InvalidTag as error:
            raise ValueError("this is not what was stored") from error
        return text.decode()
