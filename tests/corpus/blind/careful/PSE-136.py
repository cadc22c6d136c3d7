from contextlib import closing

import flask
import pymysql
import pymysql.cursors

# The public part of a user. Nothing else is ever read from the table.
_PUBLIC = ("name", "bio", "joined")


def _find_user(db: dict, name: str) -> dict | None:
    connection = pymysql.connect(
        host=db["host"],
        port=int(db["port"]),
        user=db["user"],
        password=db["password"],
        database=db["database"],
        charset="utf8mb4",
    )
    with closing(connection):
        with connection.cursor(pymysql.cursors.Cursor) as cursor:
            cursor.execute(
                "SELECT name, bio, joined FROM users WHERE name = %s AND active <> 0",
                (name,),
            )
            row = cursor.fetchone()
    if row is None:
        return None
    stored_name, bio, joined = row
    return {
        "name": stored_name,
        "bio": bio,
        "joined": None if joined is None else str(joined),
    }


def create_app(db: dict) -> flask.Flask:
    """Return the app that serves the public profiles of the forum's users."""
    app = flask.Flask(__name__)

    # "path" only so that a name may contain a slash.
    @app.get("/users/<path:name>")
    def show_user(name: str):
        user = _find_user(db, name)
        if user is None:
            return flask.jsonify(error="no such user"), 404

        fields = flask.request.args.get("fields")
        if fields is not None:
            asked = {field.strip() for field in fields.split(",")}
            user = {field: user[field] for field in _PUBLIC if field in asked}
        return flask.jsonify(user)

    return app
