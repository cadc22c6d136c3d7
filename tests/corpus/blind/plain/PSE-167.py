import secrets

from flask import Flask, jsonify, request
from werkzeug.security import check_password_hash, generate_password_hash

COOKIE = "session"
COOKIE_OPTIONS = {"path": "/", "secure": True, "httponly": True, "samesite": "Lax"}


def create_app(users: dict[str, str]) -> Flask:
    app = Flask(__name__)
    sessions: dict[str, str] = {}  # token -> user name

    # Checked for unknown names, so that these take as long as known ones.
    if users:
        dummy_hash = next(iter(users.values()))
    else:
        dummy_hash = generate_password_hash(secrets.token_urlsafe())

    def password_fits(username: str, password: str) -> bool:
        known = username in users
        fits = check_password_hash(users[username] if known else dummy_hash, password)
        return known and fits

    @app.post("/login")
    def login():
        username = request.form.get("username")
        password = request.form.get("password")
        if username is None or password is None or not password_fits(username, password):
            return jsonify(error="User name or password is wrong."), 401

        sessions.pop(request.cookies.get(COOKIE, ""), None)
        token = secrets.token_urlsafe(32)
        sessions[token] = username
        response = jsonify(user=username)
        response.set_cookie(COOKIE, token, **COOKIE_OPTIONS)
        return response

    @app.get("/me")
    def me():
        user = sessions.get(request.cookies.get(COOKIE, ""))
        if user is None:
            return jsonify(error="You are not signed in."), 401
        return jsonify(user=user)

    @app.post("/logout")
    def logout():
        sessions.pop(request.cookies.get(COOKIE, ""), None)
        response = app.response_class(status=204)
        response.delete_cookie(COOKIE, **COOKIE_OPTIONS)
        return response

    return app
