import json
import sqlite3
from datetime import datetime


def encode(value):
    if isinstance(value, datetime):
        return {"__datetime__": value.isoformat()}
    raise TypeError(f"cannot store {type(value).__name__}")


def decode(obj):
    if "__datetime__" in obj:
        return datetime.fromisoformat(obj["__datetime__"])
    return obj


class PreferenceStore:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        with self.db:
            self.db.execute("CREATE TABLE IF NOT EXISTS preferences (user TEXT PRIMARY KEY, data TEXT)")

    def save(self, user, preferences):
        with self.db:
            self.db.execute("REPLACE INTO preferences VALUES (?, ?)", (user, json.dumps(preferences, default=encode)))

    def load(self, user):
        row = self.db.execute("SELECT data FROM preferences WHERE user = ?", (user,)).fetchone()
        if not row:
            raise KeyError(user)
        try:
            preferences = json.loads(row[0], object_hook=decode)
        except (TypeError, ValueError) as e:
            raise ValueError("corrupt preferences") from e
        if not isinstance(preferences, dict):
            raise ValueError("corrupt preferences")
        return preferences

    def users(self):
        return [r[0] for r in self.db.execute("SELECT user FROM preferences ORDER BY user")]
