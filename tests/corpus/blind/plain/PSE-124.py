import re
from urllib.parse import urlsplit

from flask import Flask, Response, request

# Browsers drop or reinterpret these, so they have no place in a URL.
_BAD = re.compile(r"[\x00-\x20\x7f-\xa0\\]")
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def _is_allowed(target: str, allowed: list[str]) -> bool:
    if _BAD.search(target):
        return False
    if not target.lower().startswith(("http://", "https://")):
        return False
    try:
        parts = urlsplit(target)
        host = parts.hostname
        parts.port  # raises ValueError if it is no valid port
    except ValueError:
        return False
    if not host or not _HOST.fullmatch(host):
        return False
    return any(host == name or host.endswith("." + name) for name in allowed)


class ExactRedirect(Response):
    """Werkzeug normalizes Location; we promise exactly the URL of the link."""

    def get_wsgi_headers(self, environ):
        headers = super().get_wsgi_headers(environ)
        if self.location.isascii():
            headers["Location"] = self.location
        return headers


def create_app(allowed: list[str]) -> Flask:
    app = Flask(__name__)
    allowed = list(allowed)

    @app.get("/out")
    def out():
        target = request.args.get("target", "")
        if not _is_allowed(target, allowed):
            return Response("Invalid target", status=400, mimetype="text/plain")
        response = ExactRedirect(status=302)
        response.headers["Location"] = target
        return response

    return app
