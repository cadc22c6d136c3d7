"""Logins: SCRAM (RFC 5802, RFC 7677) and PLAIN (RFC 4616), the server's side."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Callable
from typing import Final

_ROUNDS: Final = 4096
_HASHES: Final = {"SCRAM-SHA-256": "sha256", "SCRAM-SHA-1": "sha1"}
MECHANISMS: Final = (*_HASHES, "PLAIN")


class LoginError(Exception):
    """The login fails."""


class Login:
    """One login, from its first message to its last.

    Attributes:
        user: Who logs in, once the first message is read.
        done: Whether it succeeded.
        password: What was given, where that is readable or right.
    """

    def __init__(self, mechanism: str, password_of: Callable[[str], str | None]) -> None:
        if mechanism not in MECHANISMS:
            raise LoginError("Received authentication for a mechanism which is not enabled")
        self.user = ""
        self.password = ""
        self.done = False
        self._mechanism = mechanism
        self._password_of = password_of
        self._first = ""
        self._salt = b""

    def answer(self, payload: bytes) -> bytes:
        """The server's answer to a message of the client.

        Raises:
            LoginError: User or password are wrong, or it is no such message.
        """
        if self._mechanism == "PLAIN":
            return self._plain(payload)
        if self.done:
            return b""
        words = payload.decode("utf-8", "replace")
        return self._proof(words) if self._first else self._challenge(words)

    def _plain(self, payload: bytes) -> bytes:
        _, self.user, self.password = [*payload.decode("utf-8", "replace").split("\0"), "", "", ""][:3]
        if not self.password or self._password_of(self.user) != self.password:
            raise LoginError("Authentication failed.")
        self.done = True
        return b""

    def _challenge(self, words: str) -> bytes:
        bare = words.partition(",,")[2]
        fields = _fields(bare)
        self.user = fields.get("n", "").replace("=2C", ",").replace("=3D", "=")
        self._salt = secrets.token_bytes(16)
        nonce = fields.get("r", "") + base64.b64encode(secrets.token_bytes(18)).decode()
        challenge = f"r={nonce},s={base64.b64encode(self._salt).decode()},i={_ROUNDS}"
        self._first = f"{bare},{challenge}"
        return challenge.encode()

    def _proof(self, words: str) -> bytes:
        password = self._password_of(self.user)
        bare, _, proof = words.rpartition(",p=")
        if password is None or _fields(bare).get("r") != _fields(self._first.partition(",r=")[2]).get("r"):
            raise LoginError("Authentication failed.")
        name = _HASHES[self._mechanism]
        salted = hashlib.pbkdf2_hmac(name, self._prepared(password), self._salt, _ROUNDS)
        client = hmac.digest(salted, b"Client Key", name)
        message = f"{self._first},{bare}".encode()
        signature = hmac.digest(hashlib.new(name, client).digest(), message, name)
        right = bytes(a ^ b for a, b in zip(client, signature, strict=True))
        if not hmac.compare_digest(base64.b64encode(right), proof.encode()):
            raise LoginError("Authentication failed.")
        self.done, self.password = True, password
        return b"v=" + base64.b64encode(hmac.digest(hmac.digest(salted, b"Server Key", name), message, name))

    def _prepared(self, password: str) -> bytes:
        if self._mechanism == "SCRAM-SHA-256":
            return unicodedata.normalize("NFKC", password).encode()
        old = hashlib.md5(f"{self.user}:mongo:{password}".encode(), usedforsecurity=False)
        return old.hexdigest().encode()


def _fields(words: str) -> dict[str, str]:
    return {part[:1]: part[2:] for part in words.split(",")}
