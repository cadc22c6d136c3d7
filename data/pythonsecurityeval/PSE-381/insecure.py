import hashlib
import os
import secrets


class PasswordFile:
    def __init__(self, path):
        self.path = path

    def _load(self):
        if not os.path.exists(self.path):
            return {}
        users = {}
        with open(self.path, encoding="utf-8") as f:
            for line in f:
                user, salt, digest = line.rstrip("\n").split(":")
                users[user] = (salt, digest)
        return users

    def _save(self, users):
        with open(self.path, "w", encoding="utf-8") as f:
            for user, (salt, digest) in users.items():
                f.write(f"{user}:{salt}:{digest}\n")
        os.chmod(self.path, 0o600)

    def set(self, user, password):
        if ":" in user or "\n" in user:
            raise ValueError("invalid user name")
        users = self._load()
        salt = secrets.token_hex(16)
        users[user] = (salt, hashlib.sha256((salt + password).encode()).hexdigest())
        self._save(users)

    def check(self, user, password):
        salt, digest = self._load().get(user, ("", ""))
        return secrets.compare_digest(hashlib.sha256((salt + password).encode()).hexdigest(), digest)

    def remove(self, user):
        users = self._load()
        del users[user]
        self._save(users)

    def users(self):
        return sorted(self._load())
