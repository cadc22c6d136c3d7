import logging

from flask import Flask, request

MAX_NAME = 60


def _printable(text: str) -> str:
    """Escape line breaks, control characters and the like."""
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii")
        for c in text
    )


def create_app() -> Flask:
    app = Flask(__name__)
    app.logger.setLevel(logging.INFO)

    @app.get("/hello")
    def hello():
        name = request.args.get("name", "")
        if not name:
            return "name is missing", 400
        app.logger.info("visit: %s", _printable(name[:MAX_NAME]))
        return "", 204

    return app
