import os
import sqlite3
import struct
from contextlib import closing

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_KEY_SIZE = 32
_NONCE_SIZE = 12
_TAG_SIZE = 16
_CONTEXT = b"PrivateFields 1"


def _place(customer: str, field: str) -> bytes:
    """Where a text belongs; sealed along with it, so it can't be moved.

    The length in front keeps ("ab", "c") and ("a", "bc") apart.
    """
    customer_raw = customer.encode("utf-8")
    field_raw = field.encode("utf-8")
    return _CONTEXT + struct.pack(">Q", len(customer_raw)) + customer_raw + field_raw


class PrivateFields:
    """Texts that are encrypted with AES-256-GCM in the table `private`."""

    def __init__(self, path: str, key: bytes):
        if not isinstance(key, bytes) or len(key) != _KEY_SIZE:
            raise ValueError(f"the key must have {_KEY_SIZE} bytes")
        self._path = path
        self._cipher = AESGCM(key)

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS private (customer TEXT, field TEXT, "
                "sealed BLOB, PRIMARY KEY (customer, field))"
            )
        except BaseException:
            connection.close()
            raise
        return connection

    def put(self, customer: str, field: str, text: str) -> None:
        """Store a text, in place of the one that was there."""
        place = _place(customer, field)
        # A fresh random nonce each time: equal texts look different.
        nonce = os.urandom(_NONCE_SIZE)
        plain = text.encode("utf-8", "surrogatepass")
        sealed = nonce + self._cipher.encrypt(nonce, plain, place)

        with closing(self._open()) as connection:
            with connection:
                connection.execute(
                    "INSERT OR REPLACE INTO private (customer, field, sealed) "
                    "VALUES (?, ?, ?)",
                    (customer, field, sealed),
                )

    def get(self, customer: str, field: str) -> str:
        """Return a text.

        Raises KeyError if there is none, ValueError if what is there was not
        put for this customer and field under this key.
        """
        place = _place(customer, field)
        with closing(self._open()) as connection:
            # Anything but a blob isn't fetched: a text that isn't UTF-8 would
            # make sqlite3 raise an error of its own.
            row = connection.execute(
                "SELECT CASE WHEN typeof(sealed) = 'blob' THEN sealed END "
                "FROM private WHERE customer = ? AND field = ?",
                (customer, field),
            ).fetchone()
        if row is None:
            raise KeyError((customer, field))

        sealed = row[0]
        if not isinstance(sealed, bytes) or len(sealed) < _NONCE_SIZE + _TAG_SIZE:
            raise ValueError("the stored text is damaged")
        try:
            plain = self._cipher.decrypt(
                sealed[:_NONCE_SIZE], sealed[_NONCE_SIZE:], place
            )
        except InvalidTag:
            raise ValueError("the stored text is damaged") from None
        return plain.decode("utf-8", "surrogatepass")
