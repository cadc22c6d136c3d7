import logging

from flask import Flask, request

logging.basicConfig(level=logging.INFO)


def create_app():
    app = Flask(__name__)

    @app.route("/hello", methods=["GET"])
    def hello():
        name = request.args.get("name", "")
        if not name:
            return "Missing name", 400
        app.logger.info(f"visit: {name[:60]}")
        return "", 204

    return app
