"""Locks that clients give names to: MySQL's GET_LOCK, PostgreSQL's advisory locks.

Imitates: a session holds a lock as often as it took it, until it lets go or
ends, and PostgreSQL's ``xact`` ones until its transaction ends. Does not
imitate: waiting. Who asks for what another session holds is refused at once,
and where PostgreSQL would wait for ever the statement is cancelled.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, Literal

Name = tuple[Any, ...]


class NamedLocks:
    """Of one server.

    Args:
        asking: The session whose statement runs.
    """

    def __init__(self, asking: Callable[[], Hashable]) -> None:
        self._asking = asking
        self._held: dict[Name, tuple[Hashable, int]] = {}
        self._until_commit: set[Name] = set()

    def take(self, name: Name, *, until_commit: bool = False) -> int:
        """1 if the session that asks has it now, 0 if another does."""
        holder, times = self._held.get(name, (self._asking(), 0))
        if holder != self._asking():
            return 0
        self._held[name] = holder, times + 1
        if until_commit:
            self._until_commit.add(name)
        return 1

    def release(self, name: Name) -> int | None:
        """1 if the session that asks let go once, 0 if another holds it, None if nobody does."""
        if name not in self._held:
            return None
        holder, times = self._held[name]
        if holder != self._asking():
            return 0
        self._held[name] = holder, times - 1
        if times == 1:
            del self._held[name]
        return 1

    def end_transaction(self, session: Hashable) -> None:
        """Let go of what ``session`` holds until its commit."""
        self._drop(session, self._until_commit)

    def end(self, session: Hashable) -> int:
        """Let go of all that ``session`` holds; how often it had taken it."""
        return self._drop(session, set(self._held))

    def _drop(self, session: Hashable, names: set[Name]) -> int:
        mine = {name: times for name, (holder, times) in self._held.items() if holder == session and name in names}
        for name in mine:
            del self._held[name]
            self._until_commit.discard(name)
        return sum(mine.values())

    def install(self, connection: sqlite3.Connection, flavour: Literal["mysql", "postgres", "tsql"]) -> None:
        """Give a connection the functions of a server."""
        own = {"mysql": self._mysql(), "postgres": self._postgres(connection.interrupt), "tsql": {}}[flavour]
        for name, (arguments, function) in own.items():
            connection.create_function(name, arguments, function)

    def _mysql(self) -> dict[str, tuple[int, Callable[..., Any]]]:
        def key(name: Any) -> Name:
            return (str(name).lower(),)

        return {
            "get_lock": (2, lambda name, _seconds: self.take(key(name))),
            "release_lock": (1, lambda name: self.release(key(name))),
            "is_free_lock": (1, lambda name: int(key(name) not in self._held)),
            "release_all_locks": (0, lambda: self.end(self._asking())),
        }

    def _postgres(self, cancel: Callable[[], None]) -> dict[str, tuple[int, Callable[..., Any]]]:
        def wait(*name: Any, until_commit: bool = False) -> str:
            if not self.take(name, until_commit=until_commit):
                cancel()
            return ""

        def release_all() -> str:
            self.end(self._asking())
            return ""

        return {
            "pg_advisory_lock": (-1, wait),
            "pg_advisory_xact_lock": (-1, lambda *name: wait(*name, until_commit=True)),
            "pg_try_advisory_lock": (-1, lambda *name: self.take(name)),
            "pg_try_advisory_xact_lock": (-1, lambda *name: self.take(name, until_commit=True)),
            "pg_advisory_unlock": (-1, lambda *name: self.release(name) or 0),
            "pg_advisory_unlock_all": (0, release_all),
        }
