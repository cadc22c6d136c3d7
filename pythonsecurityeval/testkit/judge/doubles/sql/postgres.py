"""A PostgreSQL server.

Imitates: the protocol (simple queries), so that drivers meet a server with
its SQLSTATEs; users and passwords; transactions that an error aborts; several
statements in one request, as one transaction; definitions that can be rolled
back; RETURNING, ON CONFLICT, ILIKE, ``= ANY(ARRAY[…])``, casts; names folded
to lower case; pg_sleep (noted, nobody waits); regular expressions; rows of
values as a table; DELETE USING; VACUUM, which no transaction may hold; users
that statements make; names of tables in the catalogue; names cut at 63 bytes.
Does not imitate: names that differ in case alone (they are one), prepared
statements on the server, NOTIFY, arrays in columns, LATERAL, privileges,
functions and triggers, division by zero, casts that fail, columns and
constraints in the catalogue (`information_schema` has columns).
"""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from typing import ClassVar

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.net import Peer
from pythonsecurityeval.testkit.judge.doubles.sql import catalogue
from pythonsecurityeval.testkit.judge.doubles.sql import postgreswire as wire
from pythonsecurityeval.testkit.judge.doubles.sql.engine import Session
from pythonsecurityeval.testkit.judge.doubles.sql.errors import Kind, SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.rewrite import Settings
from pythonsecurityeval.testkit.judge.doubles.sql.server import Client, SqlServer
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour, Piece, split, steering
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result

_MOST_REQUESTS = 20_000
_PARAMETERS = {
    "server_version": catalogue.POSTGRES_VERSION,
    "server_encoding": "UTF8",
    "client_encoding": "UTF8",
    "DateStyle": "ISO, MDY",
    "TimeZone": "UTC",
    "integer_datetimes": "on",
    "standard_conforming_strings": "on",
}
_TEXTS: dict[Kind, tuple[str, str]] = {
    "syntax": ("42601", 'syntax error at or near "{name}"'),
    "no_table": ("42P01", 'relation "{name}" does not exist'),
    "no_column": ("42703", 'column "{name}" does not exist'),
    "no_function": ("42883", "function {name} does not exist"),
    "table_exists": ("42P07", "relation already exists"),
    "duplicate": ("23505", 'duplicate key value violates unique constraint "{name}"'),
    "not_null": ("23502", 'null value in column "{column}" violates not-null constraint'),
    "foreign_key": ("23503", "insert or update violates foreign key constraint"),
    "check": ("23514", "new row violates check constraint"),
    "too_long": ("22001", 'value too long for the type of column "{name}"'),
    "bad_value": ("22P02", 'invalid input syntax for the type of column "{name}"'),
    "out_of_range": ("22003", 'value out of range for the type of column "{name}"'),
    "column_twice": ("42701", 'column "{name}" specified more than once'),
    "columns": ("42601", "INSERT or UNION has the wrong number of columns"),
    "locked": ("55P03", "canceling statement due to lock timeout"),
    "interrupted": ("57014", "canceling statement due to statement timeout"),
    "too_big": ("54000", "program limit exceeded"),
    "denied": ("42501", "permission denied"),
    "unsupported": ("0A000", "this is not supported here"),
    "aborted": ("25P02", "current transaction is aborted, commands ignored until end of transaction block"),
    "in_transaction": ("25001", "{name} cannot run inside a transaction block"),
    "account": ("42710", 'role "{name}" already exists, or does not'),
    "no_savepoint": ("3B001", "savepoint does not exist"),
}
_TAGS = {"begin": "BEGIN", "commit": "COMMIT", "rollback": "ROLLBACK", "savepoint": "SAVEPOINT", "back": "ROLLBACK"}


_VACUUM = re.compile(r"VACUUM\b\s*(?:\([^)]*\)\s*)?(?:(?:FULL|FREEZE|VERBOSE|ANALY[SZ]E)\b\s*)*", re.IGNORECASE)
_TABLE = re.compile(r'((?:"(?:[^"]|"")*+"|[\w$.])++)\s*+(?:\([^)]*+\)\s*+)?(?:,\s*+|$)')


def _vacuumed(piece: Piece) -> list[str]:
    """The tables that a VACUUM names; none for other statements.

    Raises:
        SqlError: What it names are no tables.
    """
    options = _VACUUM.match(piece.text)
    names, at = [], options.end() if options else len(piece.text)
    while match := _TABLE.match(piece.text, at):
        names.append(match[1])
        at = match.end()
    if at < len(piece.text):
        raise SqlError("syntax", "syntax error", piece.text[at : at + 80])
    return names


class Postgres(SqlServer):
    """The PostgreSQL server of one test."""

    flavour: ClassVar[Flavour] = "postgres"
    port: ClassVar[int] = 5432

    def client(self, sock: socket.socket, peer: Peer) -> Client:
        """One connection's conversation."""
        return _Connection(self, sock, peer)


class _Connection:
    def __init__(self, server: Postgres, sock: socket.socket, peer: Peer) -> None:
        self.server = server
        self.peer = peer
        self.line = wire.Line(sock)
        self.session: Session | None = None
        self.settings = Settings(database=server.database)
        self.failed = False

    def close(self) -> None:
        """End the session; what it did not commit is lost."""
        if self.session:
            self.server.release(self.session)
        self.line.sock.close()

    def serve(self) -> None:
        """Converse to the end."""
        user = self._start()
        if user is None:
            return
        session = self.session = self.server.open(user)
        parameters = (wire.message(b"S", wire.text(k) + wire.text(v)) for k, v in _PARAMETERS.items())
        self.line.send(wire.message(b"R", bytes(4)), *parameters, wire.message(b"K", bytes(8)), self._ready(session))
        for _ in range(_MOST_REQUESTS):
            request = self.line.read()
            if request is None or request[0] == b"X":
                return
            if request[0] == b"Q":
                answer = self._query(session, request[1].rstrip(b"\0").decode("utf-8", "surrogateescape"))
            else:
                answer = [wire.error("0A000", "only simple queries are served")]
            self.line.send(*answer, self._ready(session))

    def _start(self) -> str | None:
        start = self.line.read_startup()
        while start and start[0] in {wire.SSL_REQUEST, wire.GSS_REQUEST}:
            secure = self.server.tls and start[0] == wire.SSL_REQUEST
            self.line.send(b"S" if secure else b"N")
            if secure:
                self.line.sock = tls.accept(self.line.sock, self.peer.host, self.server.certificate)
            start = self.line.read_startup()
        if start is None or start[0] != wire.STARTUP:
            return None
        words = start[1].decode("utf-8", "replace").split("\0")
        given = dict(zip(words[::2], words[1::2], strict=False))
        user = given.get("user", "")
        self.settings = Settings(database=given.get("database") or user or self.server.database, user=user)
        return user if self._admit(user) else None

    def _admit(self, user: str) -> bool:
        self.line.send(wire.message(b"R", (3).to_bytes(4, "big")))
        answer = self.line.read()
        password = answer[1].rstrip(b"\0").decode("utf-8", "replace") if answer and answer[0] == b"p" else ""
        self.server.logins.append((user, password))
        if self.server.users is None or self.server.password(user) == password:
            return True
        self.line.send(wire.error("28P01", f'password authentication failed for user "{user}"', fatal=True))
        return False

    def _ready(self, session: Session) -> bytes:
        return wire.message(b"Z", b"E" if self.failed else b"T" if session.in_transaction else b"I")

    def _query(self, session: Session, text: str) -> list[bytes]:
        self.server.note(text)
        done: list[bytes] = []
        alone = not session.in_transaction
        try:
            pieces = self.server.pieces(text, asked=True)
            if not pieces:
                return [wire.message(b"I")]
            if len(pieces) > 1 and alone:
                session.begin()
            for piece in pieces:
                done.extend(self._run(session, piece))
        except SqlError as error:
            done.append(self._failure(error))
            self._fail(session, alone=alone)
            return done
        if alone and not any(steering(piece) and steering(piece)[0] == "begin" for piece in pieces):  # type: ignore[index]  # asked just before
            session.commit()
        return done

    def _fail(self, session: Session, *, alone: bool) -> None:
        if alone:
            session.rollback()
        else:
            self.failed = True

    def _run(self, session: Session, piece: Piece) -> Iterator[bytes]:
        steer = steering(piece)
        if steer and steer[0] not in {"set", "nothing", "alone"}:
            tag = self._steer(session, *steer)
            yield wire.message(b"C", wire.text(tag))
            return
        if self.failed:
            raise SqlError("aborted", "aborted")
        if steer:
            self.server.administer(piece)
            if steer[0] == "alone" and session.in_transaction:
                raise SqlError("in_transaction", "in a transaction", piece.word)
            for name in _vacuumed(piece):  # a table that is not there is an error
                (looked_at,) = split(f"SELECT 1 FROM {name} LIMIT 0", "postgres")  # noqa: S608  a name of the piece's own
                session.run(self.server.statement(looked_at))
            yield wire.message(b"C", wire.text(piece.word))
            return
        statement = self.server.statement(piece, self.settings)
        result = Result() if statement.kind == "nothing" else session.run(statement)
        if result.columns is not None:
            yield from wire.rows(result, statement.names or result.columns)
        count = (
            "" if statement.kind in {"schema", "nothing"} or statement.tag == "TRUNCATE TABLE" else f" {result.count}"
        )
        yield wire.message(b"C", wire.text(statement.tag + count))

    def _steer(self, session: Session, action: str, name: str) -> str:
        if action == "begin":
            session.begin()
        elif action == "commit" and not self.failed:
            session.commit()
        elif action in {"commit", "rollback"}:
            session.rollback()
            action, self.failed = "rollback", False
        elif not session.in_transaction:
            raise SqlError("no_savepoint", "no transaction")
        else:
            session.savepoint(action, name)
            self.failed = self.failed and action != "back"
        return _TAGS.get(action, "RELEASE")

    @staticmethod
    def _failure(error: SqlError) -> bytes:
        state, words = _TEXTS[error.kind]
        column = error.name.rpartition(".")[2]
        return wire.error(state, words.format(name=error.name, column=column))
