import re

import flask
from flask.views import MethodView


class Out(MethodView):
    def __init__(self, pattern):
        self.pattern = pattern

    def get(self):
        target = flask.request.args.get("target", type=str)
        if target and self.pattern.fullmatch(target):
            return flask.Response(status=302, headers={"Location": target})
        return flask.Response("Invalid target", 400, mimetype="text/plain")


def create_app(allowed):
    names = "|".join(re.escape(name) for name in allowed) or "(?!)"
    authority = rf"(?:[a-z0-9-]+\.)*(?:{names})(?::[0-9]+)?"
    # From the authority on only the characters of RFC 3986: no blank, no control character, no backslash.
    pattern = re.compile(rf"https?://{authority}(?:[/?#][\w\-.~:/?#\[\]@!$&'()*+,;=%]*)?", re.IGNORECASE | re.ASCII)
    app = flask.Flask("out")
    app.add_url_rule("/out", view_func=Out.as_view("out", pattern))
    return app
