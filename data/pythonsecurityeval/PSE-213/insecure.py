from flask import Flask, Response, request
from lxml import etree


def walk(element, depth, lines):
    if not isinstance(element.tag, str):
        return
    text = " ".join((element.text or "").split())
    lines.append("  " * depth + element.tag + (": " + text if text else ""))
    for child in element:
        walk(child, depth + 1, lines)


def create_app():
    app = Flask(__name__)

    @app.route("/outline", methods=["POST"])
    def outline():
        file = request.files.get("document")
        if not file:
            return "No document", 400
        try:
            parser = etree.XMLParser(resolve_entities=True, remove_comments=True)
            root = etree.parse(file.stream, parser).getroot()
        except etree.XMLSyntaxError as e:
            return f"Invalid XML: {e}", 400
        lines = []
        walk(root, 0, lines)
        return Response("\n".join(lines), mimetype="text/plain")

    return app
