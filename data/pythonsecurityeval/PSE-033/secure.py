import json
import os
import sqlite3
from contextlib import closing
from datetime import datetime


def pack(value):
    """JSON has no dates: they, and so all dicts too, travel in a dict that names their type."""
    if isinstance(value, datetime):
        return {"datetime": value.isoformat()}
    if isinstance(value, dict):
        return {"dict": {key: pack(item) for key, item in value.items()}}
    return [pack(item) for item in value] if isinstance(value, list) else value


def unpack(value):
    if isinstance(value, list):
        return [unpack(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "datetime" in value:
        return datetime.fromisoformat(value["datetime"])
    return {key: unpack(item) for key, item in value["dict"].items()}


class PreferenceStore:
    def __init__(self, path):
        self.path = path
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        self._run("CREATE TABLE IF NOT EXISTS preferences (user TEXT PRIMARY KEY, data TEXT)")

    def _run(self, statement, *values):
        with closing(sqlite3.connect(self.path)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def save(self, user, preferences):
        self._run("REPLACE INTO preferences (user, data) VALUES (?, ?)", user, json.dumps(pack(preferences)))

    def load(self, user):
        rows = self._run("SELECT data FROM preferences WHERE user = ?", user)
        if not rows:
            raise KeyError(user)
        try:
            preferences = unpack(json.loads(rows[0][0]))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ValueError(f"unreadable preferences of {user}") from error
        if not isinstance(preferences, dict):
            raise ValueError(f"unreadable preferences of {user}")
        return preferences

    def users(self):
        return [user for (user,) in self._run("SELECT user FROM preferences ORDER BY user")]
