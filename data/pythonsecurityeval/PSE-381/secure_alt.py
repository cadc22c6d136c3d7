import base64
import hashlib
import os
import unicodedata
from pathlib import Path

import bcrypt

ROUNDS = 8


def short(password):
    return base64.b64encode(hashlib.sha256(password.encode()).digest())


class PasswordFile:
    stranger = bcrypt.hashpw(b"nobody", bcrypt.gensalt(ROUNDS))

    def __init__(self, path):
        self.path = Path(path)

    def entries(self):
        lines = self.path.read_bytes().split(b"\n") if self.path.exists() else []
        pairs = (line.partition(b":") for line in lines if line)
        return {name.decode(): code for name, _, code in pairs}

    def save(self, entries):
        data = b"".join(name.encode() + b":" + code + b"\n" for name, code in sorted(entries.items()))
        draft = self.path.with_name(self.path.name + ".new")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
        draft.rename(self.path)

    def set(self, user, password):
        odd = [x for x in user if x == ":" or (unicodedata.category(x)[0] in "CZ" and x != " ")]
        if odd or not user.strip():
            raise ValueError(f"names cannot hold {odd}")
        entries = self.entries()
        entries[user] = bcrypt.hashpw(short(password), bcrypt.gensalt(ROUNDS))
        self.save(entries)

    def check(self, user, password):
        entries = self.entries()
        matches = bcrypt.checkpw(short(password), entries.get(user, self.stranger))
        return matches and user in entries

    def remove(self, user):
        entries = self.entries()
        entries.pop(user)
        self.save(entries)

    def users(self):
        return sorted(self.entries())
