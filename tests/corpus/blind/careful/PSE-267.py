"""Notes that are parked in the visitor's browser.

A token is the URL-safe Base64 form of salt, nonce and an AES-256-GCM
ciphertext. The cipher's key is derived from ours and the random salt, so that
no number of tokens makes a repeated nonce likely; the account is authenticated
along with the text.
"""

import base64
import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

__all__ = ["encrypt", "decrypt"]

_LABEL = b"parked note, version 1"
_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES, _TAG_BYTES = 32, 16, 12, 16
_PAD_BYTES = 32  # texts are padded to a multiple: their length shows roughly


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    if not isinstance(key, bytes) or len(key) != _KEY_BYTES:
        raise ValueError("key must be 32 bytes")
    return AESGCM(hmac.new(key, _LABEL + salt, hashlib.sha256).digest())


def _bound(account: str) -> bytes:
    return hashlib.sha256(account.encode("utf-8", "surrogatepass")).digest()


def encrypt(text: str, key: bytes, account: str) -> str:
    """A token that only ``decrypt`` with the same key and account can read."""
    plain = text.encode("utf-8", "surrogatepass") + b"\x80"
    plain += bytes(-len(plain) % _PAD_BYTES)
    salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
    sealed = _cipher(key, salt).encrypt(nonce, plain, _bound(account))
    return base64.urlsafe_b64encode(salt + nonce + sealed).decode("ascii")


def decrypt(token: str, key: bytes, account: str) -> str:
    """The text in ``token``; ``ValueError`` if it is not genuine."""
    if not isinstance(token, str):
        raise ValueError("a token is a text")
    encoded = token.encode("ascii")  # UnicodeEncodeError is a ValueError
    data = base64.urlsafe_b64decode(encoded)  # so is binascii.Error
    # Base64 has several spellings of the same bytes; only ours is accepted.
    if base64.urlsafe_b64encode(data) != encoded:
        raise ValueError("the token has been altered")
    if len(data) < _SALT_BYTES + _NONCE_BYTES + _PAD_BYTES + _TAG_BYTES:
        raise ValueError("the token is too short")
    salt, rest = data[:_SALT_BYTES], data[_SALT_BYTES:]
    nonce, sealed = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
    try:
        plain = _cipher(key, salt).decrypt(nonce, sealed, _bound(account))
    except InvalidTag as error:
        raise ValueError("the token is not genuine") from error
    text, mark, padding = plain.rpartition(b"\x80")
    if not mark or padding.strip(b"\0"):
        raise ValueError("the token is not genuine")
    return text.decode("utf-8", "surrogatepass")
