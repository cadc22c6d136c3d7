import secrets

import flask
from werkzeug.security import check_password_hash


def create_app(users):
    app = flask.Flask(__name__)
    app.config.update(SECRET_KEY=secrets.token_hex(32), SESSION_COOKIE_SECURE=True, SESSION_COOKIE_HTTPONLY=True)

    @app.post("/login")
    def login():
        form = flask.request.form
        stored = users.get(form.get("username", ""))
        if stored is None:
            return {"error": "There is no such user."}, 401
        if not check_password_hash(stored, form.get("password", "")):
            return {"error": "The password is wrong."}, 401
        flask.session["username"] = form["username"]
        return {"user": form["username"]}

    @app.get("/me")
    def me():
        username = flask.session.get("username")
        return {"user": username} if username else ({"error": "Please log in first."}, 401)

    @app.post("/logout")
    def logout():
        flask.session.clear()
        return "", 204

    return app
