import flask
from urllib.parse import urlsplit


def create_app(allowed):
    app = flask.Flask(__name__)

    @app.route("/out", methods=["GET"])
    def redirect_out():
        url = urlsplit(flask.request.args.get("target") or "")
        if url.hostname and url.hostname.endswith(tuple(allowed)):
            return flask.redirect(url.geturl(), code=302)
        return flask.make_response("Invalid target", 400)

    return app
