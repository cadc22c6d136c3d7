import xml.etree.ElementTree as ET

import flask


def describe(node, level=0):
    text = " ".join(node.text.split()) if node.text else ""
    line = "  " * level + node.tag
    if text:
        line += ": " + text
    return "\n".join([line] + [describe(child, level + 1) for child in node])


def create_app():
    app = flask.Flask(__name__)

    @app.post("/outline")
    def outline():
        if "document" not in flask.request.files:
            return flask.Response("document is missing", status=400)
        try:
            tree = ET.parse(flask.request.files["document"])
        except ET.ParseError:
            return flask.Response("not well-formed", status=400)
        return flask.Response(describe(tree.getroot()), mimetype="text/plain")

    return app
