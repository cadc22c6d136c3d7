import hashlib
import hmac
import secrets
import threading
import time

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.security import check_password_hash, generate_password_hash

_COOKIE = "__Host-session"
_SECONDS = 30 * 24 * 3600  # a sign-in ends by itself after this time
_MOST_PER_USER = 1000


class _Sessions:
    """Who is signed in where; kept in memory, known only by digests of the tokens."""

    def __init__(self):
        self._lock = threading.Lock()
        self._users: dict[bytes, tuple[str, float]] = {}  # oldest first
        self._count: dict[str, int] = {}

    @staticmethod
    def _digest(token: str) -> bytes:
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()

    def _drop(self, digest: bytes) -> None:
        entry = self._users.pop(digest, None)
        if entry is not None:
            self._count[entry[0]] -= 1

    def open(self, user: str) -> str:
        token = secrets.token_urlsafe(32)
        now = time.monotonic()
        with self._lock:
            while self._users:
                oldest = next(iter(self._users))
                if self._users[oldest][1] > now:
                    break
                self._drop(oldest)
            if self._count.get(user, 0) >= _MOST_PER_USER:
                self._drop(next(key for key, (name, _) in self._users.items() if name == user))
            self._users[self._digest(token)] = (user, now + _SECONDS)
            self._count[user] = self._count.get(user, 0) + 1
        return token

    def user(self, token: str | None) -> str | None:
        if not token:
            return None
        with self._lock:
            user, end = self._users.get(self._digest(token), (None, 0.0))
        return user if end > time.monotonic() else None

    def close(self, token: str | None) -> None:
        if token:
            with self._lock:
                self._drop(self._digest(token))


def create_app(users: dict[str, str]) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    accounts = dict(users)
    sessions = _Sessions()
    # Checking a password takes time and memory; a flood of it shall queue.
    checks = threading.BoundedSemaphore(8)
    # For unknown names a password is checked all the same, against a hash of
    # the kind the accounts have, so that the time taken tells nothing.
    decoys = list(accounts.values()) or [generate_password_hash(secrets.token_hex(16))]
    decoy_key = secrets.token_bytes(32)

    def is_right(username: str, password: str) -> bool:
        name = username.encode("utf-8", "surrogatepass")
        pick = int.from_bytes(hmac.digest(decoy_key, name, "sha256"), "big") % len(decoys)
        stored = accounts.get(username)
        with checks:
            try:
                fits = check_password_hash(decoys[pick] if stored is None else stored, password)
            except ValueError:
                fits = False
        return fits and stored is not None

    def refused(message: str) -> Response:
        response = jsonify(error=message)
        response.status_code = 401
        return response

    @app.after_request
    def not_cached(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.post("/login")
    def login() -> Response:
        try:
            username = request.form.get("username")
            password = request.form.get("password")
        except RequestEntityTooLarge:
            username = password = None
        if username is None or password is None or not is_right(username, password):
            return refused("User name or password is wrong.")
        sessions.close(request.cookies.get(_COOKIE))
        response = jsonify(user=username)
        response.set_cookie(
            _COOKIE, sessions.open(username), path="/", secure=True, httponly=True, samesite="Lax"
        )
        return response

    @app.get("/me")
    def me() -> Response:
        user = sessions.user(request.cookies.get(_COOKIE))
        if user is None:
            return refused("You are not signed in.")
        return jsonify(user=user)

    @app.post("/logout")
    def logout() -> Response:
        sessions.close(request.cookies.get(_COOKIE))
        response = Response(status=204)
        response.delete_cookie(_COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
        return response

    return app
