import re
from xml.parsers import expat

from flask import Flask, Response, request

_SPACE = re.compile(r"[ \t\r\n\x85\u2028\u2029]+")


def _outline(data: bytes) -> str:
    lines = []
    depth = 0
    text = None  # pieces of text since the last start tag, None after an end tag

    def finish():
        nonlocal text
        if text:
            value = _SPACE.sub(" ", "".join(text)).strip(" ")
            if value:
                lines[-1] += ": " + value
        text = None

    def start(name, attributes):
        nonlocal depth, text
        finish()
        lines.append("  " * depth + name)
        depth += 1
        text = []

    def end(name):
        nonlocal depth
        finish()
        depth -= 1

    def characters(data):
        if text is not None:
            text.append(data)

    def entity(*args):
        raise ValueError("entity declarations are not allowed")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = entity
    parser.Parse(data, True)
    return "".join(line + "\n" for line in lines)


def create_app() -> Flask:
    app = Flask(__name__)

    @app.post("/outline")
    def outline():
        upload = request.files.get("document")
        if upload is None:
            return Response("document is missing", status=400, mimetype="text/plain")
        try:
            result = _outline(upload.read())
        except (expat.ExpatError, ValueError, LookupError):
            return Response("not an acceptable XML document", status=400, mimetype="text/plain")
        return Response(result, mimetype="text/plain")

    return app
