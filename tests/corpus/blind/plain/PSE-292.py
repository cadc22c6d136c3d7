import os
import sqlite3
from contextlib import closing

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_SIZE = 32
_NONCE_SIZE = 12


def _context(customer: str, field: str) -> bytes:
    """What a sealed text is bound to; the length keeps the two names apart."""
    customer_bytes = customer.encode("utf-8")
    return len(customer_bytes).to_bytes(8, "big") + customer_bytes + field.encode("utf-8")


class PrivateFields:
    """Texts in an SQLite file, encrypted and authenticated with AES-256-GCM.

    `sealed` is a random nonce followed by the ciphertext with its tag.
    """

    def __init__(self, path: str, key: bytes):
        if len(key) != _KEY_SIZE:
            raise ValueError(f"the key must have {_KEY_SIZE} bytes")
        self._path = path
        self._cipher = AESGCM(key)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS private (customer TEXT, field TEXT,"
                " sealed BLOB, PRIMARY KEY (customer, field))"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def put(self, customer: str, field: str, text: str) -> None:
        nonce = os.urandom(_NONCE_SIZE)
        sealed = nonce + self._cipher.encrypt(
            nonce, text.encode("utf-8", "surrogatepass"), _context(customer, field)
        )
        with closing(self._open()) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO private (customer, field, sealed) VALUES (?, ?, ?)",
                (customer, field, sealed),
            )

    def get(self, customer: str, field: str) -> str:
        with closing(self._open()) as connection:
            # Anything but a blob comes as NULL, broken text wouldn't even be fetched.
            row = connection.execute(
                "SELECT CASE WHEN typeof(sealed) = 'blob' THEN sealed END"
                " FROM private WHERE customer = ? AND field = ?",
                (customer, field),
            ).fetchone()
        if row is None:
            raise KeyError((customer, field))
        sealed = row[0]
        if sealed is None or len(sealed) < _NONCE_SIZE:
            raise ValueError("the stored text has been tampered with")
        try:
            plain = self._cipher.decrypt(
                sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], _context(customer, field)
            )
        except InvalidTag:
            raise ValueError("the stored text has been tampered with") from None
        return plain.decode("utf-8", "surrogatepass")
