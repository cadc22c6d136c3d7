"""A MySQL server.

Imitates: the protocol, so that PyMySQL, mysql.connector and what stands on
them run as they are, with their own quoting, cursors and exceptions; users
and passwords; transactions as the driver's autocommit has them; errors with
their numbers; stacked statements where the driver asked for them; prepared
statements; text compared without regard to case; SLEEP (noted, nobody
waits); `information_schema`, SHOW, DESCRIBE, EXPLAIN; comments that are code;
REGEXP; inner joins in UPDATE and DELETE; users that statements make. Does not
imitate: privileges, stored procedures, LOAD DATA, changing several tables in
one statement, comparisons of text with numbers, counting only rows that really
changed.
"""

from __future__ import annotations

import itertools
import os
import re
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlglot.tokens import TokenType

from pythonsecurityeval.testkit.judge.doubles import tls
from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.net import Peer
from pythonsecurityeval.testkit.judge.doubles.sql import catalogue
from pythonsecurityeval.testkit.judge.doubles.sql import mysqlwire as wire
from pythonsecurityeval.testkit.judge.doubles.sql.engine import Session
from pythonsecurityeval.testkit.judge.doubles.sql.errors import Kind, SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.rewrite import Settings
from pythonsecurityeval.testkit.judge.doubles.sql.server import Client, SqlServer
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour, Piece, steering
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result

_QUIT, _INIT_DB, _QUERY, _PING, _RESET = 0x01, 0x02, 0x03, 0x0E, 0x1F
_PREPARE, _EXECUTE, _LONG_DATA, _CLOSE, _RESET_STATEMENT, _OPTION = 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B
_MOST_REQUESTS = 20_000
_MOST_PREPARED = 100
_MOST_LONG_DATA = 4 << 20  # of one connection
_AUTOCOMMIT = re.compile(r"\bautocommit\s*:?=\s*'?(\w+)", re.IGNORECASE)
_TEXTS: dict[Kind, tuple[int, str, str]] = {
    "syntax": (
        1064,
        "42000",
        "You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version"
        " for the right syntax to use near '{name}' at line 1",
    ),
    "no_table": (1146, "42S02", "Table 'app.{name}' doesn't exist"),
    "no_column": (1054, "42S22", "Unknown column '{name}' in 'field list'"),
    "no_function": (1305, "42000", "FUNCTION {name} does not exist"),
    "table_exists": (1050, "42S01", "Table already exists"),
    "duplicate": (1062, "23000", "Duplicate entry for key '{name}'"),
    "not_null": (1048, "23000", "Column '{column}' cannot be null"),
    "foreign_key": (1452, "23000", "Cannot add or update a child row: a foreign key constraint fails"),
    "check": (3819, "HY000", "Check constraint is violated."),
    "too_long": (1406, "22001", "Data too long for column '{name}' at row 1"),
    "bad_value": (1366, "HY000", "Incorrect value for column '{name}' at row 1"),
    "out_of_range": (1264, "22003", "Out of range value for column '{name}' at row 1"),
    "column_twice": (1110, "42000", "Column '{name}' specified twice"),
    "columns": (1136, "21S01", "Column count doesn't match value count at row 1"),
    "locked": (1205, "HY000", "Lock wait timeout exceeded; try restarting transaction"),
    "interrupted": (3024, "HY000", "Query execution was interrupted, maximum statement execution time exceeded"),
    "too_big": (1301, "HY000", "Result was larger than max_allowed_packet - truncated"),
    "denied": (1227, "42000", "Access denied; you need (at least one of) the SUPER privilege(s) for this operation"),
    "unsupported": (1235, "42000", "This version of MySQL doesn't yet support this"),
    "account": (1396, "HY000", "Operation on user failed for '{name}'@'%'"),
    "no_savepoint": (1305, "42000", "SAVEPOINT does not exist"),
}


class MySql(SqlServer):
    """The MySQL server of one test."""

    flavour: ClassVar[Flavour] = "mysql"
    port: ClassVar[int] = 3306

    def client(self, sock: socket.socket, peer: Peer) -> Client:
        """One connection's conversation."""
        return _Connection(self, sock, peer)


@dataclass
class _Prepared:
    piece: Piece
    count: int
    kinds: list[int] = field(default_factory=list)
    long_data: dict[int, bytearray] = field(default_factory=dict)


class _Connection:
    def __init__(self, server: MySql, sock: socket.socket, peer: Peer) -> None:
        self.server = server
        self.peer = peer
        self.line = wire.Line(sock)
        self.session: Session | None = None
        self.settings = Settings(database=server.database)
        self.capabilities = 0
        self.autocommit = True
        self.prepared: dict[int, _Prepared] = {}
        self.numbers = itertools.count(1)
        self.long_data = Budget(_MOST_LONG_DATA)

    def close(self) -> None:
        """End the session; what it did not commit is lost."""
        if self.session:
            self.server.release(self.session)
        self.line.sock.close()

    def serve(self) -> None:
        """Converse to the end."""
        user = self._log_in()
        if user is None:
            return
        self.session = self.server.open(user)
        for _ in range(_MOST_REQUESTS):
            packet = self.line.read()
            if not packet or packet[0] == _QUIT:
                return
            try:
                self.line.send(*self._answer(self.session, packet[0], packet[1:]))
            except SqlError as error:
                self.line.send(self._failure(error))

    def _log_in(self) -> str | None:
        nonce = os.urandom(wire.NONCE_SIZE).replace(b"\0", b"x")
        offered = wire.OFFERED | (wire.SSL if self.server.tls else 0)
        self.line.send(wire.greeting(catalogue.MYSQL_VERSION, 8, nonce, offered))
        reader = wire.Reader(self.line.read() or b"")
        self.capabilities = reader.number(4)
        reader.take(28)
        if self.server.tls and self.capabilities & wire.SSL and reader.at == len(reader.data):
            self.line.sock = tls.accept(self.line.sock, self.peer.host, self.server.certificate)
            reader = wire.Reader(self.line.read() or b"")
            reader.take(32)
        user = reader.text().decode("utf-8", "replace")
        proof = reader.sized() if self.capabilities & wire.LENENC_AUTH else reader.take(reader.number(1))
        database = reader.text() if self.capabilities & wire.CONNECT_WITH_DB else b""
        plugin = reader.text() if self.capabilities & wire.PLUGIN_AUTH else wire.PLUGIN
        if plugin != wire.PLUGIN:
            self.line.send(b"\xfe" + wire.PLUGIN + b"\0" + nonce + b"\0")
            proof = self.line.read() or b""
        self.settings = Settings(database=database.decode("utf-8", "replace") or self.server.database, user=user)
        return self._admit(user, proof.rstrip(b"\0") if len(proof) == 1 else proof, nonce)

    def _admit(self, user: str, proof: bytes, nonce: bytes) -> str | None:
        users = self.server.users
        password = self.server.password(user)
        right = password is not None and wire.proof(password, nonce) == proof
        self.server.logins.append((user, password if right and password else ""))
        if users is not None and not right:
            using = "YES" if proof else "NO"
            self.line.send(
                wire.failure(1045, "28000", f"Access denied for user '{user}'@'client' (using password: {using})")
            )
            return None
        # The empty password needs no second message.
        self.line.send(*([b"\x01\x03"] if proof else []), wire.ok(self._status()))
        return user

    def _status(self, *, more: bool = False) -> int:
        session = self.session
        running = wire.IN_TRANSACTION if session and session.in_transaction else 0
        return running | (wire.AUTOCOMMIT if self.autocommit else 0) | (wire.MORE_RESULTS if more else 0)

    def _answer(self, session: Session, command: int, body: bytes) -> list[bytes]:
        match command:
            case 0x03:
                return self._query(session, body)
            case 0x16:
                return self._prepare(body)
            case 0x17:
                return self._execute(session, wire.Reader(body))
            case 0x18:
                self._long_data(wire.Reader(body))
                return []
            case 0x19:
                self.prepared.pop(wire.Reader(body).number(4), None)
                return []
            case 0x1B:
                on = wire.Reader(body).number(2) == 0
                self.capabilities = (self.capabilities & ~wire.MULTI_STATEMENTS) | (wire.MULTI_STATEMENTS if on else 0)
                return [wire.end(self._status())]
            case 0x1F:
                session.rollback()
                self.autocommit = True
                return [wire.ok(self._status())]
            case 0x02:
                self.settings = Settings(database=body.decode("utf-8", "replace"), user=session.user)
                return [wire.ok(self._status())]
            case 0x0E | 0x1A:
                return [wire.ok(self._status())]
            case _:
                return [wire.failure(1047, "08S01", "Unknown command")]

    def _query(self, session: Session, body: bytes) -> list[bytes]:
        text = body.decode("utf-8", "surrogateescape")
        self.server.note(text)
        pieces = self.server.pieces(text, asked=bool(self.capabilities & wire.MULTI_STATEMENTS))
        if not pieces:
            return [wire.failure(1065, "42000", "Query was empty")]
        return list(self._results(session, pieces))

    def _results(self, session: Session, pieces: Sequence[Piece]) -> Iterator[bytes]:
        for number, piece in enumerate(pieces):
            try:
                yield from self._run(session, piece, (), more=number + 1 < len(pieces))
            except SqlError as error:
                yield self._failure(error)
                return

    def _run(
        self, session: Session, piece: Piece, parameters: tuple[Any, ...], *, more: bool = False, binary: bool = False
    ) -> list[bytes]:
        if steer := steering(piece):
            if steer[0] == "alone":
                raise SqlError("syntax", "syntax error", piece.word)
            self.server.administer(piece)
            self._steer(session, piece, *steer)
            return [wire.ok(self._status(more=more))]
        statement = self.server.statement(piece, self.settings)
        if statement.kind == "schema":
            session.commit()
        elif not self.autocommit and not session.in_transaction:
            session.begin()
        result = Result() if statement.kind == "nothing" else session.run(statement, parameters)
        if result.columns is not None:
            names = statement.names or result.columns
            if not result.rows and (described := catalogue.described(piece.text)):
                raise SqlError("no_table", "no such table", described)
            return wire.rows(result, names, self._status(more=more), binary=binary)
        last = session.last_id if statement.inserts else 0
        return [wire.ok(self._status(more=more), rows=result.count, last_id=last)]

    def _steer(self, session: Session, piece: Piece, action: str, name: str) -> None:
        if action == "begin":
            session.commit()
            session.begin()
        elif action == "commit":
            session.commit()
        elif action == "rollback":
            session.rollback()
        elif action in {"savepoint", "back", "release"}:
            session.begin()
            session.savepoint(action, name)
        elif action == "set" and (match := _AUTOCOMMIT.search(piece.text)):
            self.autocommit = match[1].lower() in {"1", "on", "true"}
            if self.autocommit:
                session.commit()

    def _prepare(self, body: bytes) -> list[bytes]:
        text = body.decode("utf-8", "surrogateescape")
        self.server.note(text)
        pieces = self.server.pieces(text, asked=False)
        if len(pieces) != 1 or len(self.prepared) >= _MOST_PREPARED:
            raise SqlError("syntax", "syntax error", text[:80])
        count = sum(token.token_type is TokenType.PLACEHOLDER for token in pieces[0].tokens)
        number = next(self.numbers)
        self.prepared[number] = _Prepared(pieces[0], count)
        head = b"\0" + number.to_bytes(4, "little") + bytes(2) + count.to_bytes(2, "little") + bytes(3)
        return [head, *wire.parameter_columns(count, self._status())]

    def _execute(self, session: Session, reader: wire.Reader) -> list[bytes]:
        prepared = self.prepared.get(reader.number(4))
        if prepared is None:
            return [wire.failure(1243, "HY000", "Unknown prepared statement handler")]
        reader.take(5)
        prepared.kinds, values = wire.parameters(reader, prepared.count, prepared.kinds)
        sent = {n: bytes(data) for n, data in prepared.long_data.items()}
        values = tuple(sent.get(n, value) for n, value in enumerate(values))
        prepared.long_data.clear()
        return self._run(session, prepared.piece, values, binary=True)

    def _long_data(self, reader: wire.Reader) -> None:
        prepared, number = self.prepared.get(reader.number(4)), reader.number(2)
        if prepared is not None:
            self.long_data.spend(len(reader.data) - reader.at)
            prepared.long_data.setdefault(number, bytearray()).extend(reader.data[reader.at :])

    @staticmethod
    def _failure(error: SqlError) -> bytes:
        number, state, text = _TEXTS.get(error.kind, _TEXTS["syntax"])
        column = error.name.rpartition(".")[2]
        return wire.failure(number, state, text.format(name=error.name, column=column))
