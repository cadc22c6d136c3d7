"""Uses libraries once before candidates are forked, so that no fork pays for what a first use imports and builds.

It runs in the zygotes, on harmless constants, with whatever libraries the
candidates' interpreter has. Nothing of it is needed: what fails is skipped.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

#: What clocks stand on. It looks for a test framework, which no candidate needs.
_CLOCK, _FRAMEWORK = "time_machine", "pytest"


def warm_light() -> None:
    """What needs no third-party library, and clocks, which any test may stop."""
    _each(_clock, _sqlite, _xml)


def warm_heavy() -> None:
    """Third-party libraries."""
    _each(_tables, _templates, _flask, _sqlalchemy, _requests, _httpx, _ciphers, _hashes, _documents, _drivers, _django)


def _each(*uses: Callable[[], object]) -> None:
    for use in uses:
        try:
            use()
        except ImportError:
            continue
        except Exception as error:  # noqa: BLE001 - another version of a library may not have what is used here
            sys.stderr.write(f"warming up: {use.__name__}: {type(error).__name__}: {error}\n")


@contextlib.contextmanager
def _without(module: str) -> Iterator[None]:
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment] # this is how an import is refused
    try:
        yield
    finally:
        del sys.modules[module]


def _get(name: str) -> Any:
    return import_module(name)


def _clock() -> None:
    with _without(_FRAMEWORK):
        clock = _get(_CLOCK)
    with clock.travel("2020-01-01T00:00:00", tick=False):
        pass


def _sqlite() -> None:
    with contextlib.closing(_get("sqlite3").connect(":memory:")) as database:
        database.execute("create table t (a text)")
        database.execute("select * from t where a = ?", ("b",)).fetchall()


def _xml() -> None:
    _get("xml.etree.ElementTree").fromstring("<a b='c'>d</a>")


def _tables() -> None:
    pandas = _get("pandas")
    frame = pandas.read_csv(io.StringIO("a,b\n1,x\n2,y\n"))
    list(frame[frame["a"] > 1].itertuples(index=False, name=None))
    frame.query("a > 1")
    frame.groupby("b").sum()
    frame.to_csv()
    frame.to_json()
    frame.to_html()
    repr(frame)


def _templates() -> None:
    _get("jinja2").Environment(autoescape=True).from_string("{% for a in b %}{{ a|e }}{% endfor %}").render(b="c")
    _get("jinja2.sandbox").SandboxedEnvironment().from_string("{{ a }}").render(a=1)


def _flask() -> None:
    flask = _get("flask")
    app = flask.Flask("warm")
    app.secret_key = "warm"  # noqa: S105 - signs nothing that lasts

    def page() -> Any:
        flask.session["a"] = flask.request.form.get("a")
        return flask.render_template_string("{{ a }}", a=1)

    app.add_url_rule("/", view_func=page, methods=["GET", "POST"])
    client = _get("werkzeug.test").Client(app)
    client.get("/", query_string={"a": "b"}).get_data()
    client.post("/", data={"a": "b"}).get_data()
    with app.test_request_context("/"):
        flask.jsonify(a=1)
        flask.redirect("/")
    security = _get("werkzeug.security")
    security.check_password_hash(security.generate_password_hash("a", "pbkdf2:sha256:1"), "a")


def _sqlalchemy() -> None:
    alchemy, orm = _get("sqlalchemy"), _get("sqlalchemy.orm")
    base = orm.declarative_base()
    row: Any = type("Row", (base,), {"__tablename__": "rows", "key": alchemy.Column(alchemy.Integer, primary_key=True)})
    engine = alchemy.create_engine("sqlite://")
    base.metadata.create_all(engine)
    with orm.Session(engine) as session:
        session.add(row(key=1))
        session.commit()
        session.execute(alchemy.select(row).where(row.key == 1)).all()
        session.execute(alchemy.text("select :a"), {"a": 1}).all()
    engine.dispose()
    for driver in ("postgresql.psycopg2", "mysql.pymysql", "mysql.mysqlconnector"):
        _get(f"sqlalchemy.dialects.{driver}")


def _requests() -> None:
    requests = _get("requests")
    _get("netrc")
    "a.example".encode("idna")
    with requests.Session() as session:
        session.prepare_request(requests.Request("POST", "https://a.example/b", params={"c": 1}, json={"d": 1}))
        session.prepare_request(requests.Request("POST", "https://a.example/b", files={"c": ("d", b"e")}))
        session.get_adapter("https://a.example/").get_connection_with_tls_context(
            session.prepare_request(requests.Request("GET", "https://a.example/")), verify=True
        )


def _httpx() -> None:
    httpx = _get("httpx")
    for name in ("httpcore", "h11", "anyio", "anyio._backends._asyncio"):
        _get(name)
    transport = httpx.MockTransport(lambda _request: httpx.Response(200, json={}))
    with httpx.Client(transport=transport) as client:
        client.post("https://a.example/", json={}).json()

    async def ask() -> None:
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get("https://a.example/", params={"a": "b"})

    asyncio.run(ask())


def _ciphers() -> None:
    fernet = _get("cryptography.fernet").Fernet
    cipher = fernet(fernet.generate_key())
    cipher.decrypt(cipher.encrypt(b"a"))
    aead = _get("cryptography.hazmat.primitives.ciphers.aead")
    aead.AESGCM(bytes(16)).encrypt(bytes(12), b"a", b"b")
    hashes = _get("cryptography.hazmat.primitives.hashes")
    kdf = _get("cryptography.hazmat.primitives.kdf.pbkdf2")
    kdf.PBKDF2HMAC(hashes.SHA256(), 16, b"a", 1).derive(b"a")
    _get("cryptography.hazmat.primitives.kdf.hkdf").HKDF(hashes.SHA256(), 16, b"a", b"b").derive(b"a")
    curves = _get("cryptography.hazmat.primitives.asymmetric.ec")
    key = curves.generate_private_key(curves.SECP256R1())
    key.sign(b"a", curves.ECDSA(hashes.SHA256()))
    with contextlib.suppress(ImportError):
        _get("cryptography.hazmat.primitives.kdf.argon2")


def _hashes() -> None:
    _get("bcrypt").checkpw(b"a", _get("bcrypt").hashpw(b"a", _get("bcrypt").gensalt(4)))
    jwt, key = _get("jwt"), "a" * 32
    jwt.decode(jwt.encode({"a": 1}, key, algorithm="HS256"), key, algorithms=["HS256"])


def _documents() -> None:
    _get("lxml.etree").fromstring(b"<a b='c'>d</a>").xpath("//a[@b=$c]", c="c")
    _get("lxml.html").fromstring("<p>a</p>")
    for parser in ("html.parser", "lxml"):
        _get("bs4").BeautifulSoup("<p class='a'>b</p>", parser).select("p.a")
    _get("defusedxml.ElementTree").fromstring("<a/>")
    _get("yaml").safe_load(_get("yaml").safe_dump({"a": [1, "b"]}))


def _drivers() -> None:
    for name in ("mysql.connector.pooling", "mysql.connector.plugins.mysql_native_password", "psycopg2.extras"):
        _get(name)
    for name in ("psycopg", "psycopg_connection", "drivers"):
        _get(f"pythonsecurityeval.testkit.inside.{name}")


def _django() -> None:
    for name in ("django.db.migrations", "django.middleware.csrf", "django.contrib.auth", "django.forms"):
        _get(name)
    _get("pythonsecurityeval.testkit.inside.library").django_ready(".")
