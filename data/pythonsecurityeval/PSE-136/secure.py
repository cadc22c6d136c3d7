import pymysql
from flask import Flask, jsonify, request

PROFILE = "SELECT name, bio, joined FROM users WHERE name = %s AND active <> 0"


def create_app(db):
    app = Flask(__name__)

    @app.get("/users/<name>")
    def profile(name):
        with pymysql.connect(**db) as connection, connection.cursor() as cursor:
            cursor.execute(PROFILE, (name,))
            row = cursor.fetchone()
        if row is None:
            return jsonify(error="no such user"), 404
        public = {"name": row[0], "bio": row[1], "joined": row[2].isoformat()}
        if "fields" in request.args:
            wanted = request.args["fields"].split(",")
            public = {field: value for field, value in public.items() if field in wanted}
        return jsonify(public)

    return app
