import io
import re
from xml.parsers import expat

from flask import Flask, Response, request

_MAX_UPLOAD = 50 * 1024 * 1024
_MAX_OUTLINE = 64 * 1024 * 1024  # deep nesting makes the indentation explode

# Expat knows the encodings of one byte a character; these it does not.
_WIDE_ENCODINGS = {
    "shift_jis", "windows-31j", "euc-jp", "iso-2022-jp", "gb2312", "gbk", "gb18030",
    "big5", "euc-kr",
}  # fmt: skip
_ENCODING = re.compile(
    rb"""<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]{0,40})["']"""
)


class _EntitiesForbidden(ValueError):
    pass


class _TooLong(Exception):
    pass


class _Outline:
    """Writes the outline while the parser runs; there is no tree."""

    def __init__(self):
        self._out = io.StringIO()
        self._size = 0
        self._depth = 0
        self._name: str | None = None  # the element whose line is not written yet
        self._text: list[str] = []

    def start(self, name: str, attributes) -> None:
        self._flush()
        self._name = name
        self._depth += 1

    def end(self, name: str) -> None:
        self._flush()
        self._depth -= 1

    def text(self, data: str) -> None:
        if self._name is not None:
            self._text.append(data)

    def skipped(self, name: str, is_parameter: bool) -> None:
        # Declared in the external DTD at best, which is never fetched.
        if is_parameter:
            raise _EntitiesForbidden(name)
        self.text(f"&{name};")

    def forbidden(self, name: str, *args) -> None:
        raise _EntitiesForbidden(name)

    def _flush(self) -> None:
        """Write the line of the element whose first stretch of text has ended."""
        if self._name is None:
            return
        line = "  " * (self._depth - 1) + self._name
        text = " ".join("".join(self._text).split())
        if text:
            line += ": " + text
        self._size += len(line) + 1
        if self._size > _MAX_OUTLINE:
            raise _TooLong
        self._out.write(line + "\n")
        self._name = None
        self._text.clear()

    def result(self) -> str:
        return self._out.getvalue()


def _outline(document: bytes) -> str:
    data: bytes | str = document
    match = _ENCODING.match(document)
    if match and match[1].decode("ascii").lower() in _WIDE_ENCODINGS:
        data = document.decode(match[1].decode("ascii"))

    outline = _Outline()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # Nothing is ever fetched, as there is no ExternalEntityRefHandler. With ALWAYS
    # expat reports references to parameter entities that nobody has declared;
    # otherwise it would just stop to report the declarations behind them.
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
    parser.StartElementHandler = outline.start
    parser.EndElementHandler = outline.end
    parser.CharacterDataHandler = outline.text
    parser.EntityDeclHandler = outline.forbidden
    parser.SkippedEntityHandler = outline.skipped
    parser.Parse(data, True)
    return outline.result()


def _plain(text: str, status: int) -> Response:
    response = Response(text, status=status, mimetype="text/plain")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def create_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = _MAX_UPLOAD

    @app.post("/outline")
    def outline() -> Response:
        upload = request.files.get("document")
        if upload is None:
            return _plain("No document was uploaded.\n", 400)
        try:
            return _plain(_outline(upload.read()), 200)
        except _EntitiesForbidden:
            return _plain("The document declares entities.\n", 400)
        except (expat.ExpatError, ValueError, LookupError):
            return _plain("The document is not well-formed XML.\n", 400)
        except _TooLong:
            return _plain("The outline would be too long.\n", 413)

    return app
