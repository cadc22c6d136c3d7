"""``self.view`` and ``self.given``: looking at objects that stay in the candidate's process, and making some there."""

from __future__ import annotations

import http.cookies
import json
from collections.abc import Sequence
from typing import Any, final

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.snippet import given, view
from pythonsecurityeval.testkit.judge.values import Given, Handle

_LONGEST_COOKIE = 8192  #: Characters with its attributes; browsers take half of that.


@final
class Response:
    """An HTTP response; header names are lower case.

    Attributes:
        status: The status code.
        headers: The last value of each header.
        body: The bytes of the body.
    """

    def __init__(self, told: Any) -> None:
        self.status: int = wire.check(told["status"], int, "a status")
        self.body: bytes = wire.check(told["body"], bytes, "a body")
        self._headers = [(str(name).lower(), str(value)) for name, value in told["headers"]]
        self.headers = dict(self._headers)

    def all(self, name: str) -> list[str]:
        """Every value of a header."""
        return [value for known, value in self._headers if known == name.lower()]

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.body.decode(errors="replace")

    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)

    @property
    def cookies(self) -> dict[str, http.cookies.Morsel[str]]:
        """The cookies it sets: ``.value``, and attributes as ``cookies["id"]["httponly"]``.

        Raises:
            ValueError: One is too long.
        """
        jar: http.cookies.SimpleCookie = http.cookies.SimpleCookie()
        for line in self.all("set-cookie"):
            if len(line) > _LONGEST_COOKIE:  # reading one takes time quadratic in its length
                raise ValueError("a cookie too long to be read")
            jar.load(line)
        return dict(jar)


@final
class Client:
    """A browser on a WSGI application, with a cookie jar.

    Options are those of werkzeug's client (``json``, ``data``, ``headers``,
    ``query_string``…); ``files`` maps a field to ``(file name, bytes)``.
    """

    def __init__(self, app: Any) -> None:
        self._client = view("wsgi_client", app)

    def open(self, method: str, url: str, **options: Any) -> Response:
        """One request."""
        return Response(view("wsgi_open", self._client, method, url, options))

    def get(self, url: str, **options: Any) -> Response:
        """A GET request."""
        return self.open("GET", url, **options)

    def post(self, url: str, **options: Any) -> Response:
        """A POST request."""
        return self.open("POST", url, **options)

    def put(self, url: str, **options: Any) -> Response:
        """A PUT request."""
        return self.open("PUT", url, **options)

    def delete(self, url: str, **options: Any) -> Response:
        """A DELETE request."""
        return self.open("DELETE", url, **options)

    def cookie(self, name: str, value: str) -> None:
        """Put a cookie into the jar."""
        view("wsgi_cookie", self._client, name, value)


@final
class Views:
    """Plain data about objects that handles stand for; handles may lie anywhere in the arguments."""

    def frame(self, table: Handle) -> dict[str, Any]:
        """``{"columns": [...], "rows": [tuple, ...]}`` of a pandas frame or series; missing values are None."""
        told: dict[str, Any] = view("frame", table)
        return told

    def items(self, source: Any, limit: int = 10_000) -> list[Any]:
        """The first items of an iterator or generator, asynchronous ones too."""
        return list(view("items", source, limit))

    def attrs(self, value: Any, *names: str) -> dict[str, Any]:
        """Attributes by name."""
        told: dict[str, Any] = view("attrs", value, *names)
        return told

    def invoke(self, value: Any, method: str, *args: Any, **kwargs: Any) -> Any:
        """What a method returns."""
        return view("invoke", value, method, *args, **kwargs)

    def call(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """What a function that the solution returned returns."""
        return view("call", function, *args, **kwargs)

    def read(self, file: Handle) -> Any:
        """All that a file object holds, bytes or text; it is closed."""
        return view("read", file)

    def xml(self, element: Handle) -> str:
        """The text of an XML element or tree."""
        return str(view("xml", element))

    def type(self, value: Any) -> str:
        """The qualified name of an object's class."""
        return str(view("kind", value))

    def response(self, value: Any) -> Response:
        """A response of Flask, Django, requests or httpx, or what a Flask view returned."""
        return Response(view("response", value))

    def wsgi(self, app: Handle) -> Client:
        """A client of a WSGI application (Flask, Django, plain)."""
        return Client(app)


@final
class Givens:
    """Objects made in the candidate's process where they are passed."""

    def sqlite(self, path: str) -> Given:
        """A connection to a SQLite file."""
        return given("sqlite", path)

    def file(self, path: str, mode: str = "r") -> Given:
        """An open file."""
        return given("file", path, mode)

    def stream(self, data: str | bytes, name: str = "") -> Given:
        """A file object in memory."""
        return given("stream", data, name)

    def element(self, text: str) -> Given:
        """An element of ``xml.etree``."""
        return given("element", text)

    def frame(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Given:
        """A pandas frame."""
        return given("table", list(columns), [list(row) for row in rows])

    def clock(self, when: str) -> Given:
        """A clock that stands at an ISO date and time, for `TaskTest.within`."""
        return given("clock", when)

    def flask_request(self, *args: Any, **kwargs: Any) -> Given:
        """A Flask request context (arguments of ``test_request_context``), for `TaskTest.within`."""
        return given("flask_request", *args, **kwargs)

    def django_request(self, method: str = "GET", path: str = "/", *args: Any, **kwargs: Any) -> Given:
        """A Django request (further arguments of ``RequestFactory``)."""
        return given("django_request", method, path, *args, **kwargs)
