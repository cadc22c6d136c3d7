"""A MongoDB server.

Imitates: the protocol, so that pymongo runs as it is; documents with the
usual query and update operators, projections, sorting, cursors, pipelines,
unique and partial indexes, validators with ``$jsonSchema``; users, logins
(SCRAM, PLAIN), TLS; error codes. JavaScript is noted, and evaluated as far as
an injection needs. Does not imitate: replica sets, transactions, change
streams, privileges beyond being logged in, text and geographic search,
collations, capped collections, compression, look-around in regular
expressions.
"""

from __future__ import annotations

import datetime
import socket
import threading
from collections.abc import Mapping
from typing import Any, ClassVar, Final

import bson
import bson.errors
from bson import Binary

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.mongo import wire
from pythonsecurityeval.testkit.judge.doubles.mongo.administration import VERSION, Administration, index_of
from pythonsecurityeval.testkit.judge.doubles.mongo.commands import Commands, scripts_of
from pythonsecurityeval.testkit.judge.doubles.mongo.errors import MOST_STEPS_OF_ALL, MongoError, Work
from pythonsecurityeval.testkit.judge.doubles.mongo.expressions import compute
from pythonsecurityeval.testkit.judge.doubles.mongo.matching import Context, has_script
from pythonsecurityeval.testkit.judge.doubles.mongo.scram import MECHANISMS, Login, LoginError
from pythonsecurityeval.testkit.judge.doubles.mongo.store import Databases, Document
from pythonsecurityeval.testkit.judge.doubles.net import Net, Peer

_MOST_BYTES: Final = 64 << 20  # of all requests of a test
_MOST_REQUESTS: Final = 20_000
_MOST_SCRIPTS: Final = 1000
_OPEN: Final = {"hello", "ismaster", "ping", "buildinfo", "saslstart", "saslcontinue", "endsessions", "logout"}


class Mongo:
    """The MongoDB server of one test, reached by every name and address on its port.

    Attributes:
        log: Name and document of every command on data, as it arrived.
        logins: User and password of every try to log in; the password only where it is readable or right.
        scripts: JavaScript that the server was asked to run, in order; none of an honest query.
        slept: Seconds that scripts wanted to sleep; nobody waited.
        users: Names and passwords. None lets everybody do everything without a login, and knows no user.
        accounts: Users made by commands, by name, with ``pwd``, ``roles`` and ``db``; they can log in too.
        tls: Whether the server speaks TLS, and nothing else.
        certificate: What is wrong with its certificate, if anything.
    """

    port: ClassVar[int] = 27017

    def __init__(self, net: Net) -> None:
        self.log: list[tuple[str, Document]] = []
        self.logins: list[tuple[str, str]] = []
        self.scripts: list[str] = []
        self.slept: list[float] = []
        self.users: Mapping[str, str] | None = None
        self.tls = False
        self.certificate: tls.Kind = "valid"
        self._databases = Databases()
        self._administration = Administration(self._databases)
        self._table = {**Commands(self._databases).table(), **self._administration.table()}
        self._bytes = Budget(_MOST_BYTES)
        self._steps = Budget(MOST_STEPS_OF_ALL)
        self._lock = threading.Lock()
        net.serve("*", self.port, self.converse)

    @property
    def accounts(self) -> Mapping[str, Document]:
        """See the class."""
        return self._administration.accounts

    def insert(self, name: str, *documents: Mapping[str, Any]) -> None:
        """Put documents into a collection.

        Args:
            name: ``database.collection``.
            documents: As pymongo takes them.

        Raises:
            MongoError: One is not taken.
        """
        for document in documents:
            self._databases.make(name).insert(_own(document), self._context())

    def documents(self, name: str, query: Mapping[str, Any] | None = None) -> list[Document]:
        """The documents of a collection, in the order they came, as pymongo gives them.

        Args:
            name: ``database.collection``.
            query: Which ones.
        """
        with self._lock:
            collection = self._databases.get(name)
            found = collection.find(_own(query or {}), self._context()) if collection else []
            return [_own(document) for document in found]

    def collections(self, database: str) -> list[str]:
        """Names of a database's collections, sorted."""
        return [c.name.partition(".")[2] for c in self._databases.of(database)]

    def databases(self) -> list[str]:
        """Names of the databases that hold something, sorted."""
        return self._databases.names()

    def index(self, name: str, *fields: str, unique: bool = False) -> None:
        """Make an index.

        Args:
            name: ``database.collection``.
            fields: Over what.
            unique: Whether each value is taken once.
        """
        spec = index_of({"key": dict.fromkeys(fields, 1), "unique": unique})
        self._databases.make(name).add_index(spec, self._context())

    def indexes(self, name: str) -> dict[str, Document]:
        """A collection's indexes by name, as ``listIndexes`` describes them."""
        collection = self._databases.get(name)
        return {i.name: i.described() for i in collection.indexes.values()} if collection else {}

    def close(self) -> None:
        """End the server; it holds nothing but memory."""

    def converse(self, sock: socket.socket, peer: Peer) -> None:
        """Serve one connection."""
        if self.tls:
            sock = tls.accept(sock, peer.host, self.certificate)
        with sock:
            connection = _Connection(self)
            for _ in range(_MOST_REQUESTS):
                try:
                    request = wire.read(sock, self._bytes.spend)
                except wire.ProtocolError:
                    return
                if request is None:
                    return
                answer = connection.answer(request)
                if not request.silent:
                    sock.sendall(answer)

    def password(self, user: str) -> str | None:
        """A user's password, if there is such a user."""
        account = self.accounts.get(user)
        return str(account["pwd"]) if account else (self.users or {}).get(user)

    def run(self, name: str, body: Document) -> Document:
        """Do a command.

        Raises:
            MongoError: It fails.
        """
        known = next((n for n in self._table if n.lower() == name.lower()), None)
        with self._lock:
            if len(self.log) < _MOST_REQUESTS:
                self.log.append((known or name, body))
            context = self._context()
            context.work.weigh(body)
            for script in (*has_script(body), *scripts_of(body)):
                self._scripted(script)
            if known is None:
                raise MongoError(59, f"no such command: '{name}'")
            return self._table[known](body | {known: body[name]}, context)

    def _context(self) -> Context:
        return Context(Work(self._steps), self._scripted, self._sleep, compute)

    def _sleep(self, seconds: float) -> None:
        if len(self.slept) < _MOST_SCRIPTS:
            self.slept.append(seconds)

    def _scripted(self, script: str) -> None:
        if script not in self.scripts and len(self.scripts) < _MOST_SCRIPTS:
            self.scripts.append(script)


def _own(document: Mapping[str, Any]) -> Document:
    """A copy that shares nothing."""
    return bson.decode(bson.encode(document, codec_options=wire.OPTIONS), wire.OPTIONS)


class _Connection:
    """What the server knows of one client."""

    def __init__(self, server: Mongo) -> None:
        self.server = server
        self.user: str | None = None
        self.login: Login | None = None

    def answer(self, request: wire.Request) -> bytes:
        """The message that answers a request."""
        try:
            return wire.answer(request, {**self._done(request.body), "ok": 1.0})
        except MongoError as error:
            return wire.answer(request, error.answer())
        except (
            bson.errors.BSONError,
            OverflowError,
            RecursionError,
            ValueError,
            TypeError,
            KeyError,
            AttributeError,
        ) as error:
            # Commands of an odd shape stumble in many ways; all of them are commands no server takes.
            return wire.answer(request, MongoError(9, f"a command of an odd shape: {type(error).__name__}").answer())

    def _done(self, body: Document) -> Document:
        name = next(iter(body), "")
        body.setdefault("$db", "admin")
        if not isinstance(body["$db"], str):
            raise MongoError(73, "Invalid database name")
        own = _OWN.get(name.lower())
        if self.server.users is not None and self.user is None and name.lower() not in _OPEN:
            raise MongoError(13, f"Command {name} requires authentication")
        return own(self, body) if own else self.server.run(name, body)

    def hello(self, body: Document) -> Document:
        """What the server is."""
        found: Document = {
            "helloOk": True, "ismaster": True, "isWritablePrimary": True, "maxBsonObjectSize": wire.MOST_DOCUMENT,
            "maxMessageSizeBytes": wire.MOST_MESSAGE, "maxWriteBatchSize": 100_000,
            "localTime": datetime.datetime.now(datetime.UTC), "logicalSessionTimeoutMinutes": 30, "connectionId": 8,
            "minWireVersion": 0, "maxWireVersion": 21, "readOnly": False,
        }  # fmt: skip
        return found | ({"saslSupportedMechs": list(MECHANISMS[:2])} if "saslSupportedMechs" in body else {})

    def sasl_start(self, body: Document) -> Document:
        """Begin a login."""
        try:
            self.login = Login(str(body.get("mechanism", "")), self.server.password)
        except LoginError as error:
            raise MongoError(18, str(error)) from error
        return self.sasl_continue(body)

    def sasl_continue(self, body: Document) -> Document:
        """Go on with a login."""
        login, payload = self.login, body.get("payload", b"")
        if login is None or not isinstance(payload, bytes):
            raise MongoError(18, "Authentication failed.")
        before = login.done
        try:
            answer = login.answer(payload)
        except LoginError as error:
            self.login = None
            self.server.logins.append((login.user, login.password))
            raise MongoError(18, str(error)) from error
        if login.done and not before:
            self.server.logins.append((login.user, login.password))
            self.user = login.user
        return {"conversationId": 1, "done": login.done, "payload": Binary(answer)}


def _told(**fields: Any) -> Any:
    return lambda _, __: fields


_OWN: Final[dict[str, Any]] = {
    "hello": _Connection.hello,
    "ismaster": _Connection.hello,
    "saslstart": _Connection.sasl_start,
    "saslcontinue": _Connection.sasl_continue,
    "ping": _told(),
    "endsessions": _told(),
    "logout": _told(),
    "buildinfo": _told(version=VERSION, versionArray=[7, 0, 14, 0], maxBsonObjectSize=wire.MOST_DOCUMENT),
    "serverstatus": _told(host="db", version=VERSION, process="mongod", uptime=1.0),
    "connectionstatus": lambda c, _: {
        "authInfo": {"authenticatedUsers": [{"user": c.user, "db": "admin"}] if c.user else []}
    },
}
