"""Views and givens: functions of the kit that run in the candidate's process, on its own objects.

A view looks at an object that a handle stands for and returns plain data. A
given makes an object that plain data cannot be, just before it is passed.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.cookies
import io
import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any


def frame(table: Any) -> dict[str, Any]:
    """Columns and rows of a pandas frame or series; missing values are None."""
    if hasattr(table, "to_frame") and not hasattr(table, "columns"):
        table = table.to_frame()
    rows = [tuple(None if _missing(x) else x for x in row) for row in table.itertuples(index=False, name=None)]
    return {"columns": [str(column) for column in table.columns], "rows": rows}


def _missing(value: Any) -> bool:
    try:
        return value is None or bool(value != value)  # noqa: PLR0124  only a missing value differs from itself
    except (TypeError, ValueError):  # pandas.NA has no truth
        return type(value).__name__ == "NAType"


def items(source: Any, limit: int = 10_000) -> Any:
    """The first items of anything that can be iterated, asynchronously too."""
    if not hasattr(source, "__aiter__"):
        return list(itertools.islice(iter(source), limit))

    async def collect() -> list[Any]:
        found: list[Any] = []
        async for item in source:
            found.append(item)
            if len(found) >= limit:
                break
        return found

    return collect()


def attrs(value: Any, *names: str) -> dict[str, Any]:
    """Attributes of an object by name."""
    return {name: getattr(value, name) for name in names}


def invoke(value: Any, method: str, *args: Any, **kwargs: Any) -> Any:
    """What a method of an object returns."""
    return getattr(value, method)(*args, **kwargs)


def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What a function that was returned returns."""
    return function(*args, **kwargs)


def read(source: Any) -> Any:
    """All that a file object holds; it is closed."""
    with source:
        return source.read()


def xml(element: Any) -> str:
    """The text of an XML element or tree, of lxml or the standard library."""
    if hasattr(element, "getroot"):
        element = element.getroot()
    if type(element).__module__.startswith("lxml"):
        from lxml import etree  # type: ignore[import-untyped, unused-ignore]

        text: str = etree.tostring(element, encoding="unicode")
        return text
    import xml.etree.ElementTree as ET

    return ET.tostring(element, encoding="unicode")


def kind(value: Any) -> str:
    """The qualified name of an object's class."""
    return f"{type(value).__module__}.{type(value).__qualname__}"


def response(value: Any) -> dict[str, Any]:
    """Status, headers and body of a response object, or of what a Flask view returned."""
    if not hasattr(value, "status_code"):
        import flask

        with contextlib.nullcontext() if flask.has_app_context() else _flask_app().app_context():
            value = flask.make_response(value)
    if hasattr(value, "get_data"):
        return _told(value.status_code, value.headers.items(), value.get_data())
    headers = list((value.headers if hasattr(value, "headers") else value).items())
    if isinstance(jar := getattr(value, "cookies", None), http.cookies.BaseCookie):
        headers += [("Set-Cookie", morsel.OutputString()) for morsel in jar.values()]
    streaming = getattr(value, "streaming", False)
    return _told(value.status_code, headers, b"".join(value.streaming_content) if streaming else value.content)


def _told(status: Any, headers: Any, body: Any) -> dict[str, Any]:
    return {"status": int(status), "headers": [[str(a), str(b)] for a, b in headers], "body": bytes(body)}


def wsgi_client(app: Any) -> Any:
    """A client of a WSGI application, with a cookie jar of its own."""
    from werkzeug.test import Client

    return Client(app)


def wsgi_open(client: Any, method: str, url: str, options: dict[str, Any]) -> dict[str, Any]:
    """One request; ``files`` maps a field to ``(file name, bytes)``."""
    if files := options.pop("files", None):
        sent = {field: (io.BytesIO(data), name) for field, (name, data) in files.items()}
        options["data"] = {**(options.get("data") or {}), **sent}
    with client.open(url, method=method, **options) as answer:
        return _told(answer.status_code, answer.headers.items(), answer.get_data())


def wsgi_cookie(client: Any, name: str, value: str) -> None:
    """Put a cookie into a client's jar."""
    client.set_cookie(name, value)


def sqlite(path: str) -> Any:
    """A connection to a SQLite file."""
    import sqlite3

    return sqlite3.connect(path)


def file(path: str, mode: str = "r") -> Any:
    """An open file."""
    return Path(path).open(mode)


def stream(data: str | bytes, name: str = "") -> Any:
    """A file object that lies in memory."""
    source: Any = io.StringIO(data) if isinstance(data, str) else io.BytesIO(data)
    if name:
        source.name = name
    return source


def element(text: str) -> Any:
    """An element of ``xml.etree``."""
    import xml.etree.ElementTree as ET

    return ET.fromstring(text)


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    """A pandas frame."""
    import pandas as pd  # type: ignore[import-untyped, unused-ignore]  # the candidate's, if it has one

    return pd.DataFrame([list(row) for row in rows], columns=list(columns))


def clock(when: str) -> Any:
    """A clock that stands at an ISO date and time; for `within`."""
    import time_machine

    return time_machine.travel(when, tick=False)


def flask_request(*args: Any, **kwargs: Any) -> Any:
    """A Flask request context, of the solution's application if it has one; for `within`."""
    return _flask_app().test_request_context(*args, **kwargs)


def _flask_app() -> Any:
    import flask

    values = vars(sys.modules["solution"]).values()
    return next((v for v in values if isinstance(v, flask.Flask)), None) or flask.Flask("solution")


def django_request(method: str = "GET", path: str = "/", *args: Any, **kwargs: Any) -> Any:
    """A Django request; further arguments as for ``RequestFactory``."""
    django_ready(str(Path.cwd()))
    from django.test import RequestFactory  # type: ignore[import-untyped, unused-ignore]

    return getattr(RequestFactory(), method.lower())(path, *args, **kwargs)


def django_ready(folder: str) -> None:
    """Configure Django once in a process, with a SQLite file in ``folder``; each test has a file of its own."""
    try:
        import django  # type: ignore[import-untyped, unused-ignore]
        from django.conf import settings  # type: ignore[import-untyped, unused-ignore]
    except ImportError:
        return
    name = f"{folder}/django.sqlite3"
    if not settings.configured:
        settings.configure(**_django_settings(name))
        django.setup()
    from django.db import connection  # type: ignore[import-untyped, unused-ignore]
    from django.urls import clear_url_caches  # type: ignore[import-untyped, unused-ignore]

    connection.close()
    connection.settings_dict["NAME"] = name
    clear_url_caches()


def _django_settings(database: str) -> Mapping[str, Any]:
    return {
        "ALLOWED_HOSTS": ["*"],
        "SECRET_KEY": "only-for-tests-of-candidates-0123456789-abcdefghijklm",
        "ROOT_URLCONF": "solution",
        "USE_TZ": True,
        "DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        "INSTALLED_APPS": ["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
        "TEMPLATES": [{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": ["."]}],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "LOGGING_CONFIG": None,
    }


#: What the judge may name.
FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        *(frame, items, attrs, invoke, call, read, xml, kind, response, wsgi_client, wsgi_open, wsgi_cookie),
        *(sqlite, file, stream, element, table, clock, flask_request, django_request),
    )
}


def warm_up() -> None:
    """Touch what a first test would."""
    asyncio.run(items(_letters()))


async def _letters() -> Any:
    for letter in "ab":
        yield letter
