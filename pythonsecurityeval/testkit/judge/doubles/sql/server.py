"""What tests see of a database server, whichever it is."""

from __future__ import annotations

import socket
import threading
from typing import Any, ClassVar, Protocol

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.net import Net, Peer
from pythonsecurityeval.testkit.judge.doubles.sql import accounts
from pythonsecurityeval.testkit.judge.doubles.sql.engine import Data, Session
from pythonsecurityeval.testkit.judge.doubles.sql.errors import ProtocolError, SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.kinds import Json
from pythonsecurityeval.testkit.judge.doubles.sql.rewrite import Settings
from pythonsecurityeval.testkit.judge.doubles.sql.statements import CACHED_TEXT, Flavour, Piece, split, steering
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result
from pythonsecurityeval.testkit.judge.doubles.sql.translate import Statement, translate, translate_text

_MOST_TEXT = 2 << 20


class Client(Protocol):
    """One client of a server."""

    def serve(self) -> None:
        """Converse to the end."""

    def close(self) -> None:
        """End what the client began."""


class SqlServer:
    """A database server, reached by every name and address on its port.

    Attributes:
        tls: Whether the server offers TLS.
        certificate: What is wrong with its certificate, if anything.
        log: The text of every request, as it arrived; after 2 MB the server hangs up.
        logins: User and password of every try to connect; the password only where it is readable or right.
        slept: Seconds that statements wanted to sleep; nobody waited.
        users: Names and passwords; None takes everybody.
        accounts: Names and passwords of users that statements made; they can log in too.
        grants: Statements that gave or took rights, in order; nobody is checked by them.
        stacked: Whether one request may hold several statements; None leaves it to the driver, as a real server does.
            Of the drivers, psycopg2 and mysql.connector send several, PyMySQL has them refused unless it is told.
    """

    flavour: ClassVar[Flavour]
    port: ClassVar[int]

    def __init__(self, net: Net) -> None:
        self.tls = False
        self.certificate: tls.Kind = "valid"
        self.accounts: dict[str, str | None] = {}
        self.grants: list[str] = []
        self.log: list[str] = []
        self.logins: list[tuple[str, str]] = []
        self.slept: list[float] = []
        self.users: dict[str, str] | None = None
        self.stacked: bool | None = None
        self.database = "app"
        self._lock = threading.Lock()
        self._text = Budget(_MOST_TEXT)
        self._made: Data | None = None  # with the first statement: most tests have none
        self._sessions: set[Session] = set()
        net.serve("*", self.port, self.converse)

    @property
    def _data(self) -> Data:
        with self._lock:
            if self._made is None:
                self._made = Data(self.flavour, self.database, self.slept.append)
            return self._made

    def script(self, sql: str) -> None:
        """Run statements in the server's own dialect and commit them.

        Raises:
            SqlError: One fails.
        """
        session = Session(self._data)
        for piece in split(sql, self.flavour):
            if steering(piece) is None:
                session.run(self.statement(piece))

    def query(self, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """Rows of a query over what was committed; ``?`` stands for a parameter.

        Raises:
            SqlError: It fails.
        """
        (piece,) = split(sql, self.flavour)
        rows = Session(self._data).run(self.statement(piece), parameters).rows
        return [tuple(v.text if isinstance(v, Json) else v for v in row) for row in rows]

    def tables(self) -> list[str]:
        """Names of the tables, sorted."""
        names = "SELECT table_name FROM information_schema.tables ORDER BY table_name"
        return [str(row[0]) for row in self.query(names)]

    def converse(self, sock: socket.socket, peer: Peer) -> None:
        """Serve one connection."""
        client = self.client(sock, peer)
        try:
            client.serve()
        except ProtocolError:
            return
        finally:
            client.close()

    def client(self, sock: socket.socket, peer: Peer) -> Client:
        """One connection's conversation; each server speaks its own protocol."""
        raise NotImplementedError

    def password(self, user: str) -> str | None:
        """The password of a user that is known, by the test or by a statement."""
        return (self.users or {}).get(user, self.accounts.get(user))

    def administer(self, piece: Piece) -> None:
        """Do what a statement about users or rights says.

        Raises:
            SqlError: The user is there already, or is not.
        """
        if piece.word in {"GRANT", "REVOKE"}:
            self.grants.append(piece.text)
        else:
            accounts.change(self.accounts, piece)

    def statement(self, piece: Piece, settings: Settings | None = None) -> Statement:
        """A statement ready to run.

        Raises:
            SqlError: It is none.
        """
        settings = settings or Settings(database=self.database)
        if len(piece.text) <= CACHED_TEXT:
            return translate_text(piece.text, self.flavour, settings)
        self._text.spend(len(piece.text))  # each time it runs, as no cache keeps it
        return translate(piece, self.flavour, settings)

    def pieces(self, sql: str, *, asked: bool) -> tuple[Piece, ...]:
        """The statements of a request.

        Args:
            sql: Its text.
            asked: Whether the driver asked for the right to send several.

        Raises:
            SqlError: It does not parse, or holds several where only one is taken.
        """
        found = split(sql, self.flavour)
        if len(found) > 1 and not (asked if self.stacked is None else self.stacked):
            raise SqlError("syntax", "syntax error", found[1].text[:80])
        return found

    def note(self, sql: str) -> None:
        """Log a request.

        Raises:
            OverdrawnError: All of them are longer than those of any honest client: parsing takes its time.
        """
        self._text.spend(len(sql))
        self.log.append(sql)

    def open(self, user: str) -> Session:
        """A session for a client."""
        session = Session(self._data, user)
        with self._lock:
            self._sessions.add(session)
        return session

    def release(self, session: Session) -> None:
        """End a client's session."""
        session.close()
        with self._lock:
            self._sessions.discard(session)

    def close(self) -> None:
        """End all sessions."""
        with self._lock:
            sessions, self._sessions = self._sessions, set()
        for session in sessions:
            session.close()


__all__ = ["Result", "SqlServer"]
