"""Calls in an SQLite file: each is committed when it is answered, so that a kill loses only calls in flight."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from pythonsecurityeval._codec import decode
from pythonsecurityeval._jsonl import MAX_LINE
from pythonsecurityeval.chat import Reply
from pythonsecurityeval.errors import DecodeError, InfrastructureError, UsageError
from pythonsecurityeval.models.calls import VERSION, Call, Request, ascii_line

T = TypeVar("T")

_FORMAT = "pythonsecurityeval cassette"
_TABLES = """
CREATE TABLE IF NOT EXISTS head (row TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS calls (key TEXT PRIMARY KEY, request TEXT NOT NULL, reply TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a cassette says of itself: the model whose calls it holds, and what else was known of it."""

    model: str
    about: Mapping[str, Any]
    format: str = _FORMAT
    version: int = VERSION


def head_from_row(row: object) -> Head:
    """The head of a cassette.

    Raises:
        DecodeError: It is not one, or of another version.
    """
    head = decode(Head, row)
    if (head.format, head.version) != (_FORMAT, VERSION):
        raise DecodeError("$", f"expected a {_FORMAT}, version {VERSION}; record again")
    return head


class Store:
    """A cassette that is being recorded. A call without a reply is pending: asked, not answered yet."""

    def __init__(self, path: Path, connection: sqlite3.Connection, head: Head) -> None:
        self.path = path
        self.head = head
        self._connection = connection

    @classmethod
    @contextlib.contextmanager
    def open(cls, path: Path, head: Head | None = None) -> Iterator[Store]:
        """The cassette in file ``path``; with a head, a new one if there is none.

        Raises:
            UsageError: The file is no cassette, there is none, or it holds another model's calls.
            InfrastructureError: It cannot be written.
        """
        if head is None and not path.is_file():
            raise UsageError(f"{path}: no such cassette; give the calls.sqlite of a run, or a .jsonl.xz")
        with _explained(path):
            if head is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        try:
            with _explained(path):
                _distrust(path, connection)
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")  # a killed process loses nothing that is committed
                connection.executescript(_TABLES)
                found = _head(path, connection, head)
            yield cls(path, connection, found)
            with _explained(path):
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def reply(self, key: str) -> Reply | None:
        """The recorded answer to a call, or ``None``."""
        with _explained(self.path):
            row = self._connection.execute("SELECT reply FROM calls WHERE key = ?", (key,)).fetchone()
            return None if row is None or row[0] is None else _decoded(self.path, Reply, row[0])

    def put(self, request: Request, reply: Reply | None) -> None:
        """Records a call; with ``None`` as pending, which never takes away an answer."""
        row = (request.key, ascii_line(request), None if reply is None else ascii_line(reply))
        verb = "IGNORE" if reply is None else "REPLACE"
        with _explained(self.path):
            self._connection.execute(f"INSERT OR {verb} INTO calls VALUES (?, ?, ?)", row)  # noqa: S608 - two words of ours

    def calls(self) -> Iterator[Call]:
        """All answered calls, sorted by key."""
        query = "SELECT key, request, reply FROM calls WHERE reply IS NOT NULL ORDER BY key"
        with _explained(self.path):
            for key, request, reply in self._connection.execute(query):
                found = _decoded(self.path, Request, request)
                if found.key != key:
                    raise UsageError(f"{self.path}: call {key} was edited; record again")
                yield Call(key=key, request=found, reply=_decoded(self.path, Reply, reply))

    def pending(self) -> Iterator[Request]:
        """All calls that wait for an answer, sorted by key."""
        with _explained(self.path):
            for (request,) in self._connection.execute("SELECT request FROM calls WHERE reply IS NULL ORDER BY key"):
                yield _decoded(self.path, Request, request)


def _distrust(path: Path, connection: sqlite3.Connection) -> None:
    """A file from a stranger: nothing in it runs, and no value is larger than a row may be.

    Raises:
        UsageError: It holds something else than plain tables.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * MAX_LINE)
    connection.execute("PRAGMA trusted_schema=OFF")
    plain = "type = 'index' OR (type = 'table' AND sql LIKE 'CREATE TABLE %')"
    row = connection.execute(f"SELECT name FROM sqlite_schema WHERE NOT ({plain})").fetchone()  # noqa: S608 - ours
    if row is not None:
        raise UsageError(f"{path}: not a cassette: it holds {row[0]!r:.80}, which is no table; choose another file")


def _head(path: Path, connection: sqlite3.Connection, head: Head | None) -> Head:
    row = connection.execute("SELECT row FROM head").fetchone()
    if row is None:
        if head is None:
            raise UsageError(f"{path}: holds no recorded calls; give the calls.sqlite of a run")
        connection.execute("INSERT INTO head VALUES (?)", (ascii_line(head),))
        return head
    found = head_from_row(_json(path, row[0]))
    if head is not None and found.model != head.model:
        raise UsageError(f"{path}: holds calls of {found.model}, not of {head.model}; record into another file")
    return found


def _decoded(path: Path, cls: type[T], text: str) -> T:
    try:
        return decode(cls, _json(path, text))
    except DecodeError as error:
        raise UsageError(f"{path}: a recorded call was edited: {error}; record again") from None


def _json(path: Path, text: object) -> Any:
    try:
        return json.loads(str(text), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: a recorded call is no JSON ({error}); record again") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Says in one line what is wrong with the file."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise InfrastructureError(f"{path}: cannot be read or written: {error}; free space, or move it") from error
    except sqlite3.DatabaseError as error:
        raise UsageError(f"{path}: not a cassette ({error}); choose another file") from None
    except OSError as error:
        raise InfrastructureError(f"{path}: cannot be written: {error.strerror or error}; move it") from error
