"""``self.files``: the test's own folder, shared with the candidate."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from typing import Any, final

from pythonsecurityeval.testkit.judge import wal
from pythonsecurityeval.testkit.judge.scratch import Scratch

_STEPS = 2000  # calls of the progress handler, each after _EVERY instructions of SQLite
_EVERY = 50_000
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})


@final
class Files:
    """Files of one test. Names are relative to `root`, or paths below it; links are never followed.

    Attributes:
        root: The folder as the solution sees it, and its working directory.
    """

    def __init__(self, scratch: Scratch) -> None:
        self._scratch = scratch
        self.root = scratch.path

    def path(self, name: str = "") -> str:
        """The path of a file as the solution sees it; the file need not exist."""
        return f"{self.root}/{name}" if name else self.root

    def write(self, name: str, data: bytes | str, mode: int = 0o644) -> str:
        """Write a file, with the folders it lies in, and return its path."""
        self._scratch.write(name, data.encode() if isinstance(data, str) else data, mode)
        return self.path(name.removeprefix(f"{self.root}/"))

    def mkdir(self, name: str) -> str:
        """Make a folder and return its path."""
        self._scratch.mkdir(name)
        return self.path(name)

    def link(self, name: str, target: str) -> str:
        """Make a symbolic link to ``target`` and return the link's path."""
        self._scratch.link(name, target)
        return self.path(name)

    def remove(self, name: str) -> None:
        """Remove a file or link."""
        self._scratch.remove(name)

    def read(self, name: str) -> bytes:
        """The bytes of a regular file."""
        return self._scratch.read(name)

    def text(self, name: str) -> str:
        """The text of a file, UTF-8."""
        return self.read(name).decode()

    def exists(self, name: str) -> bool:
        """Whether there is a file, folder or link of that name."""
        with contextlib.suppress(OSError):
            self._scratch.stat(name)
            return True
        return False

    def tree(self, name: str = "") -> list[str]:
        """Relative paths of all files below a folder, sorted; an empty folder ends in a slash."""
        return self._scratch.tree(name)

    def mode(self, name: str) -> int:
        """Permission bits of a file or folder, ``0o600``."""
        return stat.S_IMODE(self._scratch.stat(name).st_mode)

    def is_link(self, name: str) -> bool:
        """Whether the name is a symbolic link."""
        return stat.S_ISLNK(self._scratch.stat(name).st_mode)

    def sqlite(self, name: str, script: str = "") -> str:
        """Make a SQLite file by a script and return its path."""
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.executescript(f"PRAGMA user_version = 0; {script}")
            database.commit()
            return self.write(name, database.serialize())

    def query(self, name: str, sql: str, *parameters: Any) -> list[Any]:
        """Rows of a SQLite file, read from a copy in memory: what the solution has committed by now."""
        data = self.read(name)
        journal = self.read(f"{name}-wal") if self.exists(f"{name}-wal") else b""
        with contextlib.closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(wal.merged(data, journal))
            database.execute("PRAGMA trusted_schema = OFF")
            database.set_authorizer(_authorize)
            steps = iter(range(_STEPS))
            database.set_progress_handler(lambda: next(steps, None) is None, _EVERY)
            return database.execute(sql, parameters).fetchall()


def _authorize(action: int, first: str | None, *_: str | None) -> int:
    """Only reading; ``PRAGMA`` only of the schema's shape."""
    harmless = action == sqlite3.SQLITE_PRAGMA and first in {"table_info", "index_list", "foreign_key_list"}
    return sqlite3.SQLITE_OK if harmless or action in _ALLOWED else sqlite3.SQLITE_DENY
