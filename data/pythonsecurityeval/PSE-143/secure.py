from pathlib import Path, PurePosixPath

from flask import Flask, abort, request, send_file


def create_app(folder):
    base = Path(folder).resolve()
    app = Flask(__name__)

    def find(name):
        """The real file of that name below the folder, or None."""
        try:
            path = (base / name).resolve()
            return path if path.is_relative_to(base) and path.is_file() else None
        except (OSError, ValueError, RuntimeError):  # too long, a NUL, a loop of links
            return None

    @app.get("/download")
    def download():
        name = request.args.get("file", "")
        if not name:
            abort(400)
        path = find(name)
        if path is None:
            abort(404)
        return send_file(path, as_attachment=True, download_name=PurePosixPath(name).name)

    return app
