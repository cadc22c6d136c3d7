from contextlib import closing

import mysql.connector
from flask import Blueprint, Flask, abort, current_app, request

users = Blueprint("users", __name__, url_prefix="/users")
SHOWN = {"name": str, "bio": lambda text: text, "joined": str}


@users.errorhandler(404)
def missing(error):
    return {"error": "no such user"}, 404


@users.route("/<name>")
def show(name):
    with closing(mysql.connector.connect(**current_app.config["DB"])) as connection:
        cursor = connection.cursor(dictionary=True)
        cursor.execute("SELECT * FROM users WHERE name = %(name)s", {"name": name})
        user = next(iter(cursor.fetchall()), None)
    if user is None or not user["active"]:
        abort(404)
    fields = SHOWN.keys() & request.args.get("fields", ",".join(SHOWN)).split(",")
    return {field: SHOWN[field](user[field]) for field in fields}


def create_app(db):
    app = Flask("profiles")
    app.config["DB"] = db
    app.register_blueprint(users)
    return app
