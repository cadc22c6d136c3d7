import logging

import flask


def create_app():
    app = flask.Flask(__name__)
    app.logger.setLevel(logging.INFO)

    @app.route("/hello")
    def log_visit():
        visitor = flask.request.args.get("name")
        if visitor:
            # no line breaks in the log
            visitor = visitor.replace("\r", " ").replace("\n", " ")
            app.logger.info("visit: " + visitor[:60])
            return flask.make_response("", 204)
        flask.abort(400)

    return app
