import os
from urllib.parse import quote

from flask import Flask, abort, request, send_file


def create_app(folder: str) -> Flask:
    app = Flask(__name__)
    root = os.path.realpath(folder)

    @app.get("/download")
    def download():
        name = request.args.get("file", "")
        if not name:
            abort(400)
        if name.startswith("/") or "\0" in name:
            abort(404)

        path = os.path.join(root, name)
        if not os.path.isfile(path):
            abort(404)
        real = os.path.realpath(path)
        if os.path.commonpath([root, real]) != root:
            abort(404)

        last = name.rsplit("/", 1)[-1]
        if last.isprintable():
            return send_file(real, as_attachment=True, download_name=last)
        # Werkzeug does not take line breaks in a header
        response = send_file(real, as_attachment=True, download_name="download")
        response.headers["Content-Disposition"] = (
            "attachment; filename*=UTF-8''" + quote(last, safe="")
        )
        return response

    return app
