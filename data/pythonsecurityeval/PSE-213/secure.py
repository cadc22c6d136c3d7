from defusedxml.ElementTree import ParseError, fromstring
from flask import Flask, Response, abort, request


def outline(root):
    """The lines of an element and all below it; a loop, since documents may nest deeply."""
    lines, stack = [], [(root, 0)]
    while stack:
        element, level = stack.pop()
        text = " ".join((element.text or "").split())
        lines.append("  " * level + (f"{element.tag}: {text}" if text else element.tag))
        stack.extend((child, level + 1) for child in reversed(element))
    return lines


def create_app():
    app = Flask(__name__)

    @app.post("/outline")
    def show_outline():
        upload = request.files.get("document")
        if upload is None:
            abort(400)
        try:
            root = fromstring(upload.read())
        except (ParseError, ValueError, LookupError):  # not XML, with entities of its own, or in an unknown encoding
            abort(400)
        return Response("\n".join(outline(root)) + "\n", mimetype="text/plain")

    return app
