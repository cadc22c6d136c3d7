"""SQLite connections that hold a server's data, kept within bounds.

No files, no ATTACH, no extensions, no PRAGMA that writes: an authorizer sees
to it. Steps, pages, row sizes and numbers of rows are limited, so that a
hostile statement ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pythonsecurityeval.testkit.judge.doubles.sql import kinds
from pythonsecurityeval.testkit.judge.doubles.sql.errors import SqlError, from_sqlite

MOST_ROWS = 100_000
_MOST_BYTES = 32 << 20
_MOST_HEAP = 256 << 20  # of all of SQLite in this process
_MOST_PAGES = 8192  # of 4 kB
_MOST_STEPS = 400  # of 50,000 instructions
_STEP = 50_000
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 4 << 20,
    sqlite3.SQLITE_LIMIT_COLUMN: 500,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 2 << 20,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 500,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1000,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_REFUSED = {
    sqlite3.SQLITE_ATTACH,
    sqlite3.SQLITE_DETACH,
    sqlite3.SQLITE_CREATE_VTABLE,
    sqlite3.SQLITE_DROP_VTABLE,
    sqlite3.SQLITE_CREATE_TRIGGER,
    sqlite3.SQLITE_CREATE_TEMP_TRIGGER,
}
_READ_PRAGMAS = {"table_info", "table_xinfo", "index_list", "index_info", "foreign_key_list", "quick_check"}
_FUNCTIONS = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit", "zeroblob", "randomblob"}


@dataclass
class Result:
    """What a statement gave.

    Attributes:
        columns: Names, or None where there are no rows to speak of.
        count: Rows given or changed.
        last_id: The number that the last inserted row got.
    """

    columns: tuple[str, ...] | None = None
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    count: int = 0
    last_id: int = 0


def _authorize(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    if action in _REFUSED or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() not in _READ_PRAGMAS:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


def _bounded(cursor: sqlite3.Cursor) -> list[tuple[Any, ...]]:
    """All rows, if they are not more than any honest statement gives."""
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        rows.append(row)
        size += sum(len(value) for value in row if isinstance(value, str | bytes))
        if len(rows) > MOST_ROWS or size > _MOST_BYTES:
            raise SqlError("too_big", "too many rows")
    return rows


class Store:
    """One SQLite connection in memory."""

    def __init__(self, prepare: Callable[[sqlite3.Connection], None], *, case_sensitive_like: bool) -> None:
        kinds.teach()
        self._prepare = prepare
        self._case_sensitive_like = case_sensitive_like
        self._steps = 0
        self._db = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False, detect_types=sqlite3.PARSE_DECLTYPES
        )
        prepare(self._db)
        for limit, value in _LIMITS.items():
            self._db.setlimit(limit, value)
        self._db.execute(f"PRAGMA max_page_count = {_MOST_PAGES}")
        self._db.execute(f"PRAGMA hard_heap_limit = {_MOST_HEAP}")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA temp_store = MEMORY")
        self._db.execute(f"PRAGMA case_sensitive_like = {int(case_sensitive_like)}")
        self._db.set_authorizer(_authorize)
        self._db.set_progress_handler(self._step, _STEP)

    def copy(self) -> Store:
        """A store of its own with the same content."""
        other = Store(self._prepare, case_sensitive_like=self._case_sensitive_like)
        # The copy is made by SQLite itself, before any statement of a stranger.
        self._db.backup(other._db)
        return other

    def column_kinds(self, tables: frozenset[str]) -> dict[str, str]:
        """The declared types of the columns of tables, by lower-case name."""
        found: dict[str, str] = {}
        for table in tables:
            rows = self._db.execute("SELECT name, type FROM pragma_table_info(?)", (table,)).fetchall()
            found |= {str(name).lower(): str(kind) for name, kind in rows}
        return found

    def run(self, sql: tuple[str, ...], parameters: tuple[Any, ...] = ()) -> Result:
        """Run statements; the result is the last one's.

        Raises:
            SqlError: SQLite refuses one.
        """
        self._steps = 0
        try:
            return self._run(sql, parameters)
        except MemoryError as error:
            raise SqlError("too_big", "too much memory") from error
        except (sqlite3.Error, sqlite3.Warning, UnicodeError, OverflowError, ValueError) as error:
            raise from_sqlite(error) from error

    def end(self) -> None:
        """End what savepoints left open."""
        if self._db.in_transaction:
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Forget everything."""
        self._db.close()

    def _run(self, sql: tuple[str, ...], parameters: tuple[Any, ...]) -> Result:
        cursor = self._db.cursor()
        for part in sql:
            cursor.execute(part, parameters)
        if cursor.description is None:
            return Result(count=max(0, cursor.rowcount), last_id=cursor.lastrowid or 0)
        rows = _bounded(cursor)
        columns = tuple(str(column[0]) for column in cursor.description)
        return Result(columns, rows, len(rows), cursor.lastrowid or 0)

    def _step(self) -> int:
        self._steps += 1
        return int(self._steps > _MOST_STEPS)
