import logging

from flask import Flask, abort, request

LONGEST = 60


def printable(text):
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def create_app():
    app = Flask(__name__)
    app.logger.setLevel(logging.INFO)

    @app.get("/hello")
    def hello():
        name = request.args.get("name")
        if not name:
            abort(400)
        app.logger.info("visit: %s", printable(name[:LONGEST]))
        return "", 204

    return app
