import hashlib
import os
from pathlib import Path


class PasswordFile:
    ITERATIONS = 50_000

    def __init__(self, path):
        self.file = Path(path)

    def _entries(self):
        if not self.file.exists():
            return {}
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return dict(line.split(":", 1) for line in lines if ":" in line)

    def _hash(self, password, salt):
        return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, self.ITERATIONS).hex()

    def _write(self, entries):
        content = "".join(f"{name}:{value}\n" for name, value in entries.items())
        self.file.touch(mode=0o600)
        self.file.chmod(0o600)
        self.file.write_text(content, encoding="utf-8")

    def set(self, user, password):
        if not user or ":" in user:
            raise ValueError("bad name")
        salt = os.urandom(16)
        entries = self._entries()
        entries[user] = f"{salt.hex()}${self._hash(password, salt)}"
        self._write(entries)

    def check(self, user, password):
        value = self._entries().get(user)
        if value is None:
            return False
        salt, digest = value.split("$")
        return self._hash(password, bytes.fromhex(salt)) == digest

    def remove(self, user):
        entries = self._entries()
        del entries[user]
        self._write(entries)

    def users(self):
        return sorted(self._entries())
