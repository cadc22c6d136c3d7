import logging
import re

import flask
from flask.views import MethodView

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Hello(MethodView):
    def __init__(self):
        self.log = logging.getLogger("visits")
        self.log.setLevel("INFO")

    def get(self):
        name = flask.request.args.get("name", default="")
        if name == "":
            return flask.Response("name is missing", status=400)
        shown = UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", name[:60])
        self.log.info(f"visit: {shown}")
        return flask.Response(status=204)


def create_app():
    app = flask.Flask("landing")
    app.add_url_rule("/hello", view_func=Hello.as_view("hello"))
    return app
