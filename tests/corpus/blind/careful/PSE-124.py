import re
from urllib.parse import quote

from flask import Flask, Response, request

# Deliberately narrower than what browsers accept: nothing that two parsers
# could read in two ways (backslashes, blanks, control characters, strange
# characters in the authority) gets through.
_URL = re.compile(
    r"""
    https?://
    (?:[A-Za-z0-9._~!$&'()*+,;=:%-]*@)?          # user information
    ([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)        # host
    (?::([0-9]{0,5}))?                           # port
    (?:[/?#][^\x00-\x20\x7f\\]*)?
    """,
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class _ExactRedirect(Response):
    """A response whose Location is sent as it is, not normalised."""

    def get_wsgi_headers(self, environ):
        headers = super().get_wsgi_headers(environ)
        headers["Location"] = self.headers["Location"]
        return headers


def create_app(allowed: list[str]) -> Flask:
    app = Flask(__name__, static_folder=None)
    names = frozenset(name for name in allowed if name)
    endings = tuple("." + name for name in names)

    def is_allowed(target: str) -> bool:
        match = _URL.fullmatch(target)
        if not match:
            return False
        host, port = match[1].lower(), match[2]
        if port and int(port) > 65535:
            return False
        return host in names or host.endswith(endings)

    @app.get("/out")
    def out():
        target = request.args.get("target", "")
        if not is_allowed(target):
            return Response("Invalid target", status=400, mimetype="text/plain")
        # A header holds ASCII only; everything else is percent-encoded, as browsers do.
        location = re.sub(
            r"[^\x00-\x7f]+", lambda part: quote(part[0], safe="", errors="replace"), target
        )
        return _ExactRedirect(status=302, headers={"Location": location}, mimetype="text/plain")

    return app
