import os

import flask
from flask.views import View
from werkzeug.exceptions import BadRequest, NotFound


class Reports(View):
    def __init__(self, folder):
        self.root = os.path.realpath(folder)

    def dispatch_request(self):
        asked = flask.request.args.get("file")
        if not asked:
            raise BadRequest("file is missing")
        if "\0" in asked:
            raise NotFound
        real = os.path.realpath(os.path.join(self.root, asked))
        if os.path.commonpath([real, self.root]) != self.root or not os.path.isfile(real):
            raise NotFound
        with open(real, "rb") as file:
            response = flask.Response(file.read(), mimetype="application/octet-stream")
        response.headers.set("Content-Disposition", "attachment", filename=os.path.basename(asked))
        return response


def create_app(folder):
    app = flask.Flask("reports")
    app.add_url_rule("/download", view_func=Reports.as_view("download", folder))
    return app
