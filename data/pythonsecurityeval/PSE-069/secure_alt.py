import os

import numpy as np
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Pseudonyms(dict):
    def __init__(self, key):
        secret = key or os.urandom(64)
        self.cipher = AES(HKDF(algorithm=SHA256(), length=32, salt=None, info=b"customer").derive(secret))

    def __missing__(self, number):
        mac = CMAC(self.cipher)
        mac.update(int(number).to_bytes(8, "big"))
        self[number] = mac.finalize().hex()
        return self[number]


def pseudonymise(frame, column, key=None):
    names = Pseudonyms(key)
    copy = frame.copy()
    copy[column] = np.array([names[x] if x == x else np.nan for x in frame[column]], dtype=object)
    return copy
