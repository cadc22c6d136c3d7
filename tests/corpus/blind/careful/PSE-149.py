import logging
import unicodedata

from flask import Flask, Response, request

_LONGEST = 60


def _shown(char: str) -> str:
    """The character itself, or an escape if it would do something to the log."""
    if char.isprintable() or unicodedata.category(char) == "Zs":
        return char
    return char.encode("unicode_escape").decode("ascii")


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    # Without debug mode the level would be WARNING.
    app.logger.setLevel(logging.INFO)

    @app.get("/hello")
    def hello() -> Response:
        name = request.args.get("name", "")
        if not name:
            return Response("Name missing", status=400, mimetype="text/plain")
        app.logger.info("visit: %s", "".join(map(_shown, name[:_LONGEST])))
        return Response(status=204)

    return app
