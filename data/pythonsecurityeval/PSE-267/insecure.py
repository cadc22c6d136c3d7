import base64
import os

from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes


def _key_for(account, key):
    digest = hashes.Hash(hashes.SHA256())
    digest.update(key + account.encode())
    return digest.finalize()


def encrypt(text, key, account):
    iv = os.urandom(16)
    padder = padding.PKCS7(128).padder()
    padded = padder.update(b"note:" + text.encode()) + padder.finalize()
    encryptor = Cipher(algorithms.AES(_key_for(account, key)), modes.CBC(iv)).encryptor()
    return base64.urlsafe_b64encode(iv + encryptor.update(padded) + encryptor.finalize()).decode()


def decrypt(token, key, account):
    raw = base64.urlsafe_b64decode(token)
    decryptor = Cipher(algorithms.AES(_key_for(account, key)), modes.CBC(raw[:16])).decryptor()
    padded = decryptor.update(raw[16:]) + decryptor.finalize()
    unpadder = padding.PKCS7(128).unpadder()
    note = unpadder.update(padded) + unpadder.finalize()
    if not note.startswith(b"note:"):
        raise ValueError("wrong key or account")
    return note[5:].decode()
