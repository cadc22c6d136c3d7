import os

from flask import Flask, abort, request, send_file


def create_app(folder):
    app = Flask(__name__)

    @app.route("/download")
    def download():
        filename = request.args.get("file")
        if not filename:
            abort(400)
        path = os.path.join(folder, filename)
        if not os.path.isfile(path):
            abort(404)
        return send_file(path, as_attachment=True)

    return app
