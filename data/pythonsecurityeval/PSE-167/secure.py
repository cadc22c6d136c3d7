import secrets

from flask import Flask, jsonify, request
from werkzeug.security import check_password_hash

COOKIE = "sid"


def create_app(users):
    app = Flask(__name__)
    sessions = {}
    anybody = next(iter(users.values()), "")

    def signed_in():
        return sessions.get(request.cookies.get(COOKIE))

    @app.post("/login")
    def login():
        name = request.form.get("username", "")
        known = name in users
        # A hash is checked for an unknown name too: the answer shall take its time in either case.
        fits = check_password_hash(users.get(name, anybody), request.form.get("password", ""))
        if not (known and fits):
            return jsonify(error="Name or password is wrong."), 401
        token = secrets.token_urlsafe(32)
        sessions[token] = name
        response = jsonify(user=name)
        response.set_cookie(COOKIE, token, secure=True, httponly=True, samesite="Lax")
        return response

    @app.get("/me")
    def me():
        name = signed_in()
        return jsonify(user=name) if name is not None else (jsonify(error="Not signed in."), 401)

    @app.post("/logout")
    def logout():
        sessions.pop(request.cookies.get(COOKIE), None)
        return "", 204

    return app
