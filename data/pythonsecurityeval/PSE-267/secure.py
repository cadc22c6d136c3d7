import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


def encrypt(text, key, account):
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), account.encode())
    return base64.urlsafe_b64encode(nonce + sealed).decode()


def decrypt(token, key, account):
    raw = base64.urlsafe_b64decode(token)
    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], account.encode()).decode()
    except InvalidTag as error:
        raise ValueError("not a token of ours") from error
