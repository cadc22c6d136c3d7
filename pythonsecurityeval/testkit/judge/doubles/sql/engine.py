"""A server's data, and sessions with real transactions on it.

Imitates: what others see is what was committed; a transaction works on its
own copy, which becomes the data at its commit; writers of one table wait for
each other, and give up after a while; what nobody committed is lost. Does not
imitate: row locks (whole tables are locked), repeatable reads (a transaction
sees what others commit), isolation levels.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.budget import Budget
from pythonsecurityeval.testkit.judge.doubles.sql import functions, kinds
from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError
from pythonsecurityeval.testkit.judge.doubles.sql.named_locks import NamedLocks
from pythonsecurityeval.testkit.judge.doubles.sql.statements import Flavour
from pythonsecurityeval.testkit.judge.doubles.sql.store import Result, Store
from pythonsecurityeval.testkit.judge.doubles.sql.translate import Statement

#: How long a writer waits for another's transaction, in seconds.
LOCK_WAIT = 1.0
_MOST_EFFORT = 1 << 26  # of regular expressions, as they count it: two seconds


class Data:
    """What was committed, and who is writing."""

    def __init__(self, flavour: Flavour, database: str, slept: Callable[[float], None]) -> None:
        self.flavour = flavour
        self.changed = threading.Condition(threading.RLock())
        self.version = 0
        self._holders: dict[str, Session] = {}
        self._asker: Session | None = None

        self.named_locks = NamedLocks(lambda: self._asker)
        effort = Budget(_MOST_EFFORT)

        def prepare(connection: sqlite3.Connection) -> None:
            functions.install(connection, flavour, database, self.asking, slept, effort)
            self.named_locks.install(connection, flavour)

        self.store = Store(prepare, case_sensitive_like=flavour == "postgres")

    def ask(self, session: Session) -> None:
        """Note whose statement runs next; some functions answer for it."""
        self._asker = session

    def asking(self) -> tuple[str, int]:
        """User and last inserted number of the session whose statement runs."""
        return (self._asker.user, self._asker.last_id) if self._asker else ("app", 0)

    def lock(self, tables: frozenset[str], session: Session) -> None:
        """Let ``session`` alone write ``tables`` until it lets go.

        Raises:
            SqlError: Another session did not let go in time.
        """
        end = time.monotonic() + LOCK_WAIT
        while any(self._holders.get(table, session) is not session for table in tables):
            if not self.changed.wait(end - time.monotonic()):
                raise SqlError("locked", "lock wait timeout exceeded")
        self._holders |= dict.fromkeys(tables, session)

    def unlock(self, session: Session) -> None:
        """Let go of all that ``session`` holds."""
        self._holders = {t: s for t, s in self._holders.items() if s is not session}
        self.named_locks.end_transaction(session)
        self.changed.notify_all()

    def replace(self, store: Store) -> None:
        """Make a transaction's copy the data."""
        store.end()
        self.store.close()
        self.store = store
        self.version += 1


def _as_bytes(result: Result, columns: Mapping[str, str]) -> None:
    """A text in a column of bytes is bytes: drivers send both alike. Columns under another name are not known."""
    found = [n for n, name in enumerate(result.columns or ()) if columns.get(name.lower()) == "BLOB"]
    if found:
        rows = [list(row) for row in result.rows]
        for row in rows:
            for n in found:
                row[n] = row[n].encode("utf-8", "surrogateescape") if isinstance(row[n], str) else row[n]
        result.rows = [tuple(row) for row in rows]


class Session:
    """One client's work: at most one transaction, in a copy of its own from the first write on."""

    def __init__(self, data: Data, user: str = "app") -> None:
        self.user = user
        self.last_id = 0
        self.in_transaction = False
        self.data = data
        self._copy: Store | None = None
        self._version = 0
        self._done: list[tuple[tuple[str, ...], tuple[Any, ...]]] = []

    def run(self, statement: Statement, parameters: tuple[Any, ...] = ()) -> Result:
        """Run a statement, in the open transaction or as one of its own.

        Raises:
            SqlError: It fails; it then changed nothing.
        """
        with self.data.changed:
            if statement.tables:
                self.data.lock(statement.tables, self)
            self.data.ask(self)
            try:
                if statement.kind == "schema":
                    self._write(statement, parameters)
                    return Result()
                if statement.kind == "write":
                    result = self._write(statement, parameters)
                    self.last_id = result.last_id - max(0, statement.inserts - 1) if statement.inserts else self.last_id
                    return result
                store = self._current()
                result = store.run(statement.sql, parameters)
                return self._typed(statement, result, store)
            finally:
                if not self.in_transaction:
                    self.data.unlock(self)

    def _typed(self, statement: Statement, result: Result, store: Store) -> Result:
        if self.data.flavour == "mysql" and result.rows:
            _as_bytes(result, store.column_kinds(statement.sources))
        if not any(statement.kinds) or not result.rows or len(statement.kinds) != len(result.rows[0]):
            return result
        columns = store.column_kinds(statement.sources) if statement.sources else {}
        converters = [kinds.converter(kind, columns, self.data.flavour) for kind in statement.kinds]
        result.rows = [tuple(c(v) if c else v for c, v in zip(converters, row, strict=True)) for row in result.rows]
        return result

    def begin(self) -> None:
        """Open a transaction."""
        self.in_transaction = True

    def commit(self) -> None:
        """Make the transaction's changes everybody's."""
        with self.data.changed:
            if self._copy is not None:
                self._refresh()
                self.data.replace(self._copy)
            self._forget()

    def rollback(self) -> None:
        """Drop the transaction's changes."""
        with self.data.changed:
            if self._copy is not None:
                self._copy.close()
            self._forget()

    def savepoint(self, action: str, name: str) -> None:
        """Set, return to or release a savepoint of the transaction.

        Raises:
            SqlError: There is none of that name.
        """
        verb = {"savepoint": "SAVEPOINT", "back": "ROLLBACK TO", "release": "RELEASE"}[action]
        sql = f"{verb} `point_{name}`"
        with self.data.changed:
            self._own().run((sql,))
            self._done.append(((sql,), ()))

    def close(self) -> None:
        """End the session; what it did not commit is lost."""
        self.rollback()
        self.data.named_locks.end(self)

    def _write(self, statement: Statement, parameters: tuple[Any, ...]) -> Result:
        if not self.in_transaction:
            result = self.data.store.run(statement.sql, parameters)
            self.data.version += 1
            return result
        result = self._own().run(statement.sql, parameters)
        self._done.append((statement.sql, parameters))
        return result

    def _current(self) -> Store:
        return self._own() if self._copy is not None else self.data.store

    def _own(self) -> Store:
        """The transaction's copy, made now or brought up to date."""
        if self._copy is None:
            self._copy = self.data.store.copy()
            self._version = self.data.version
        self._refresh()
        return self._copy

    def _refresh(self) -> None:
        """Do the transaction's work again on what others committed; its tables were locked, so it succeeds."""
        if self._copy is None or self._version == self.data.version:
            return
        self.data.ask(self)
        self._copy.close()
        self._copy = self.data.store.copy()
        self._version = self.data.version
        for sql, parameters in self._done:
            self._copy.run(sql, parameters)

    def _forget(self) -> None:
        self._copy = None
        self._done = []
        self.in_transaction = False
        self.data.unlock(self)
