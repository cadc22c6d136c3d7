import pymysql
import pymysql.cursors
from flask import Flask, jsonify, request

PUBLIC_FIELDS = ["name", "bio", "joined"]


def get_user(db, name):
    conn = pymysql.connect(cursorclass=pymysql.cursors.DictCursor, **db)
    try:
        with conn.cursor() as cur:
            cur.execute(f'SELECT name, bio, joined FROM users WHERE name = "{name}" AND active = 1')
            return cur.fetchone()
    finally:
        conn.close()


def create_app(db):
    app = Flask(__name__)

    @app.route("/users/<name>")
    def user_profile(name):
        user = get_user(db, name)
        if not user:
            return jsonify({"error": "no such user"}), 404
        fields = request.args.get("fields")
        wanted = fields.split(",") if fields is not None else PUBLIC_FIELDS
        user["joined"] = str(user["joined"])
        return jsonify({field: user[field] for field in PUBLIC_FIELDS if field in wanted})

    return app
