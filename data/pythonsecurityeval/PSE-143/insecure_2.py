from flask import Flask, request, send_from_directory


def create_app(folder):
    app = Flask(__name__)

    @app.route("/download", methods=["GET"])
    def download_file():
        name = request.args.get("file")
        if not name:
            return {"error": "file is missing"}, 400
        return send_from_directory(folder, name, as_attachment=True)

    return app
