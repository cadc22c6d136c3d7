from flask import Flask, jsonify, request, session
from werkzeug.security import check_password_hash


def create_app(users):
    app = Flask(__name__)
    app.secret_key = "super-secret-key"

    @app.route("/login", methods=["POST"])
    def login():
        username = request.form.get("username")
        password = request.form.get("password")
        if not username or not password or username not in users or not check_password_hash(users[username], password):
            return jsonify({"error": "Invalid username or password"}), 401
        session["user"] = username
        return jsonify({"user": username})

    @app.route("/me")
    def me():
        if "user" not in session:
            return jsonify({"error": "Not logged in"}), 401
        return jsonify({"user": session["user"]})

    @app.route("/logout", methods=["POST"])
    def logout():
        session.pop("user", None)
        return "", 204

    return app
