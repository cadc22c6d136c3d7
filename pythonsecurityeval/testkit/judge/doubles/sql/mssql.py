"""A server as SQL Server is.

pyodbc and pymssql stand on libraries in C, which reach no server here; those
of the kit take their place and send frames of the kit's own wire. Imitates:
T-SQL as far as TOP, brackets, IDENTITY, OUTPUT, GETDATE, OFFSET … FETCH and
``+`` between texts; parameters; several statements in one request;
transactions; errors with their numbers; users and passwords; WAITFOR (noted,
nobody waits); xp_cmdshell (noted and refused). Does not imitate: TDS, control
flow, variables, MERGE, procedures of the database's own.
"""

from __future__ import annotations

import datetime
import decimal
import socket
import uuid
from collections.abc import Iterator
from typing import Any, ClassVar, Final

from pythonsecurityeval.testkit.inside import wire
from pythonsecurityeval.testkit.judge.doubles.net import Net, Peer
from pythonsecurityeval.testkit.judge.doubles.sql import transact
from pythonsecurityeval.testkit.judge.doubles.sql.engine import Session
from pythonsecurityeval.testkit.judge.doubles.sql.errors import Kind, ProtocolError, SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.kinds import Json
from pythonsecurityeval.testkit.judge.doubles.sql.rewrite import Settings
from pythonsecurityeval.testkit.judge.doubles.sql.server import Client, SqlServer
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour, Piece, steering
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result

_MOST_REQUESTS: Final = 20_000
_DYNAMIC: Final = "sp_executesql"
_TEXTS: Final[dict[Kind, tuple[int, str, str]]] = {
    "syntax": (102, "42000", "Incorrect syntax near '{name}'."),
    "no_table": (208, "42S02", "Invalid object name '{name}'."),
    "no_column": (207, "42S22", "Invalid column name '{name}'."),
    "no_function": (195, "42000", "'{name}' is not a recognized built-in function name."),
    "table_exists": (2714, "42S01", "There is already an object with that name in the database."),
    "duplicate": (2627, "23000", "Violation of UNIQUE KEY constraint. Cannot insert duplicate key in '{name}'."),
    "not_null": (515, "23000", "Cannot insert the value NULL into column '{name}'; column does not allow nulls."),
    "foreign_key": (547, "23000", "The statement conflicted with the FOREIGN KEY constraint."),
    "check": (547, "23000", "The statement conflicted with the CHECK constraint."),
    "too_long": (2628, "22001", "String or binary data would be truncated in column '{name}'."),
    "bad_value": (245, "22018", "Conversion failed when converting the value for column '{name}'."),
    "out_of_range": (8115, "22003", "Arithmetic overflow error converting to the data type of column '{name}'."),
    "column_twice": (264, "42000", "The column name '{name}' is specified more than once in the column list."),
    "columns": (213, "21S01", "Column name or number of supplied values does not match table definition."),
    "locked": (1222, "HYT00", "Lock request time out period exceeded."),
    "interrupted": (1204, "HYT00", "Query timeout expired"),
    "too_big": (8623, "42000", "The query processor ran out of internal resources."),
    "denied": (15281, "42000", "SQL Server blocked access to procedure 'sys.{name}'."),
    "account": (15025, "42000", "The server principal '{name}' already exists, or does not."),
}


class MsSql(SqlServer):
    """The SQL Server of one test.

    Attributes:
        strings: Connection strings as pyodbc was given them, in order.
        programs: Command lines that statements gave to xp_cmdshell; none was started.
    """

    flavour: ClassVar[Flavour] = "tsql"
    port: ClassVar[int] = 1433

    def __init__(self, net: Net) -> None:
        super().__init__(net)
        self.strings: list[str] = []
        self.programs: list[str] = []

    def client(self, sock: socket.socket, peer: Peer) -> Client:
        """One connection's conversation."""
        return _Connection(self, sock, peer)


class _Connection:
    def __init__(self, server: MsSql, sock: socket.socket, _: Peer) -> None:
        self.server = server
        self.sock = sock
        self.codec = wire.Codec()
        self.session: Session | None = None
        self.settings = Settings(database=server.database)

    def close(self) -> None:
        """End the session; what it did not commit is lost."""
        if self.session:
            self.server.release(self.session)
        self.sock.close()

    def serve(self) -> None:
        """Converse to the end."""
        try:
            if not self._log_in(self._read()):
                return
            for _ in range(_MOST_REQUESTS):
                self._send(self._answer(self._read()))
        except wire.Closed:
            return
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise ProtocolError("a request of an odd shape") from error

    def _read(self) -> Any:
        return self.codec.claim(wire.receive(self.sock))

    def _send(self, message: Any) -> None:
        wire.send(self.sock, self.codec.enc(message))

    def _log_in(self, asked: dict[str, Any]) -> bool:
        user, password, database = str(asked["user"]), str(asked["password"]), str(asked["database"] or "")
        self.server.logins.append((user, password))
        if asked["string"]:
            self.server.strings.append(str(asked["string"]))
        self.settings = Settings(database=database or self.server.database, user=user)
        if self.server.users is not None and self.server.password(user) != password:
            self._send({"error": [18456, "28000", f"Login failed for user '{user}'."]})
            return False
        self.session = self.server.open(user)
        self._send({"results": []})
        return True

    def _answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        session, text, parameters = self.session, str(asked["sql"]), tuple(_bound(v) for v in asked["parameters"])
        if session is None:
            raise ProtocolError("not logged in")
        self.server.note(text)
        if asked["transaction"] and not session.in_transaction:
            session.begin()
        results: list[dict[str, Any]] = []
        try:
            results.extend(_told(result) for result in self._results(session, text, parameters))
        except SqlError as error:
            number, state, words = _TEXTS.get(error.kind, _TEXTS["syntax"])
            return {"results": results, "error": [number, state, words.format(name=error.name)]}
        return {"results": results}

    def _results(self, session: Session, text: str, parameters: tuple[Any, ...]) -> Iterator[Result]:
        for piece in self.server.pieces(text, asked=True):
            if (seconds := transact.waits(piece.text)) is not None:
                self.server.slept.append(seconds)
            elif (call := transact.called(piece.text)) is not None:
                yield from self._call(session, *call)
            elif steer := steering(piece):
                self.server.administer(piece)
                self._steer(session, *steer)
                yield Result()
            else:
                yield self._run(session, piece, parameters)

    def _call(self, session: Session, name: str, argument: str) -> Iterator[Result]:
        if name == "xp_cmdshell":
            self.server.programs.append(argument)
        if name != _DYNAMIC:
            raise SqlError("denied" if name.startswith("xp_") else "syntax", "not to be called", name)
        for piece in self.server.pieces(argument, asked=True):
            if transact.called(piece.text):
                raise SqlError("denied", "not to be called from within", name)
            yield self._run(session, piece, ())

    def _run(self, session: Session, piece: Piece, parameters: tuple[Any, ...]) -> Result:
        statement = self.server.statement(piece, self.settings)
        result = session.run(statement, parameters)
        if result.columns is not None and statement.names:
            result.columns = statement.names
        return result

    @staticmethod
    def _steer(session: Session, action: str, name: str) -> None:
        if action == "begin":
            session.begin()
        elif action == "commit":
            session.commit()
        elif action == "rollback":
            session.rollback()
        elif action in {"savepoint", "back", "release"}:
            session.begin()
            session.savepoint(action, name)


def _bound(value: Any) -> Any:
    """A parameter as SQLite takes it."""
    if isinstance(value, datetime.datetime):
        return value.isoformat(" ")
    return str(value) if isinstance(value, decimal.Decimal | datetime.date | datetime.time | uuid.UUID) else value


def _told(result: Result) -> dict[str, Any]:
    rows = [[v.text if isinstance(v, Json) else v for v in row] for row in result.rows]
    return {"columns": None if result.columns is None else list(result.columns), "rows": rows, "count": result.count}
