import json
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken


def encrypt(text, key, account):
    note = json.dumps([account, text])
    return Fernet(urlsafe_b64encode(key)).encrypt(note.encode()).decode()


def decrypt(token, key, account):
    try:
        note = Fernet(urlsafe_b64encode(key)).decrypt(token)
    except InvalidToken as error:
        raise ValueError("forged or broken") from error
    owner, text = json.loads(note)
    if owner != account:
        raise ValueError("somebody else's")
    return text
