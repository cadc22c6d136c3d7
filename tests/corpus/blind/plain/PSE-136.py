from contextlib import closing

import flask
import pymysql
from pymysql.cursors import Cursor


def create_app(db: dict) -> flask.Flask:
    app = flask.Flask(__name__)

    @app.get("/users/<name>")
    def show_user(name: str):
        with closing(
            pymysql.connect(
                host=db["host"],
                port=db["port"],
                user=db["user"],
                password=db["password"],
                database=db["database"],
                charset="utf8mb4",
                cursorclass=Cursor,
            )
        ) as connection:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT name, bio, joined, active FROM users WHERE name = %s", (name,)
                )
                row = cursor.fetchone()

        if row is None or row[3] == 0:
            return flask.jsonify(error="no such user"), 404

        profile = {
            "name": row[0],
            "bio": row[1],
            "joined": None if row[2] is None else str(row[2]),
        }
        fields = flask.request.args.get("fields")
        if fields is not None:
            wanted = fields.split(",")
            profile = {key: value for key, value in profile.items() if key in wanted}
        return flask.jsonify(profile)

    return app
