import os
import sqlite3

from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


class PrivateFields:
    def __init__(self, path, key):
        self.path = path
        self.key = key

    def put(self, customer, field, text):
        iv = os.urandom(16)
        padder = padding.PKCS7(128).padder()
        encryptor = Cipher(algorithms.AES(self.key), modes.CBC(iv)).encryptor()
        padded = padder.update(text.encode("utf-8")) + padder.finalize()
        sealed = iv + encryptor.update(padded) + encryptor.finalize()
        conn = sqlite3.connect(self.path)
        conn.execute("INSERT OR REPLACE INTO private VALUES (?, ?, ?)", (customer, field, sealed))
        conn.commit()
        conn.close()

    def get(self, customer, field):
        conn = sqlite3.connect(self.path)
        row = conn.execute("SELECT sealed FROM private WHERE customer = ? AND field = ?", (customer, field)).fetchone()
        conn.close()
        if row is None:
            raise KeyError(f"{customer}/{field}")
        decryptor = Cipher(algorithms.AES(self.key), modes.CBC(row[0][:16])).decryptor()
        padded = decryptor.update(row[0][16:]) + decryptor.finalize()
        unpadder = padding.PKCS7(128).unpadder()
        # wrong padding raises ValueError
        return (unpadder.update(padded) + unpadder.finalize()).decode("utf-8")
