import base64

from cryptography.fernet import Fernet, InvalidToken


def encrypt(text, key, account):
    f = Fernet(base64.urlsafe_b64encode(key))
    return f.encrypt(f"{account}:{text}".encode("utf-8")).decode()


def decrypt(token, key, account):
    f = Fernet(base64.urlsafe_b64encode(key))
    try:
        data = f.decrypt(token.encode()).decode("utf-8")
    except InvalidToken:
        raise ValueError("invalid token")
    prefix = account + ":"
    if not data.startswith(prefix):
        raise ValueError("token belongs to another account")
    return data[len(prefix):]
