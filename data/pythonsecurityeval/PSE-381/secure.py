import hashlib
import hmac
import os
import secrets
import tempfile

NOBODY = "00" * 16 + "$" + "00" * 64


def hashed(password, salt):
    digest = hashlib.scrypt(password.encode(), salt=salt, n=2**13, r=8, p=1)
    return salt.hex() + "$" + digest.hex()


class PasswordFile:
    def __init__(self, path):
        self.path = path

    def set(self, user, password):
        if ":" in user or not user or not user.isprintable():
            raise ValueError("not a possible name")
        self._write(self._read() | {user: hashed(password, secrets.token_bytes(16))})

    def check(self, user, password):
        entry = self._read().get(user, NOBODY)
        salt = bytes.fromhex(entry.partition("$")[0])
        return hmac.compare_digest(hashed(password, salt), entry)

    def remove(self, user):
        entries = self._read()
        del entries[user]
        self._write(entries)

    def users(self):
        return sorted(self._read())

    def _read(self):
        try:
            with open(self.path, encoding="utf-8") as file:
                return dict(line.rstrip("\n").split(":", 1) for line in file)
        except FileNotFoundError:
            return {}

    def _write(self, entries):
        text = "".join(f"{user}:{entry}\n" for user, entry in entries.items())
        folder = os.path.dirname(os.path.abspath(self.path))
        with tempfile.NamedTemporaryFile("w", dir=folder, encoding="utf-8", delete=False) as file:
            file.write(text)
        os.replace(file.name, self.path)
