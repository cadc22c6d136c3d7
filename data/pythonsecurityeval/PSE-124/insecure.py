from urllib.parse import urlparse

from flask import Flask, redirect, request


def create_app(allowed):
    app = Flask(__name__)

    @app.route("/out")
    def out():
        target = request.args.get("target", "")
        parsed = urlparse(target)
        if parsed.scheme in ("http", "https") and any(domain in parsed.netloc.lower() for domain in allowed):
            return redirect(target)
        return "Invalid target", 400

    return app
