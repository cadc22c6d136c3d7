import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SALT = 32
_TAG = 16


def _cipher(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    # A key and nonce of its own for each token, so that their number does not matter.
    if len(key) != 32:
        raise ValueError("key must have 32 bytes")
    material = HKDF(hashes.SHA256(), 32 + 12, salt, b"visitor notes v1").derive(key)
    return AESGCM(material[:32]), material[32:]


def encrypt(text: str, key: bytes, account: str) -> str:
    salt = os.urandom(_SALT)
    cipher, nonce = _cipher(key, salt)
    data = cipher.encrypt(
        nonce,
        text.encode("utf-8", "surrogatepass"),
        account.encode("utf-8", "surrogatepass"),
    )
    return base64.urlsafe_b64encode(salt + data).decode("ascii")


def decrypt(token: str, key: bytes, account: str) -> str:
    data = base64.urlsafe_b64decode(token.encode("ascii"))
    # base64 can be written in more than one way; only ours is good
    if base64.urlsafe_b64encode(data).decode("ascii") != token:
        raise ValueError("not a token")
    if len(data) < _SALT + _TAG:
        raise ValueError("not a token")
    cipher, nonce = _cipher(key, data[:_SALT])
    try:
        text = cipher.decrypt(nonce, data[_SALT:], account.encode("utf-8", "surrogatepass"))
    except InvalidTag:
        raise ValueError("token is not valid") from None
    return text.decode("utf-8", "surrogatepass")
