import base64
import os
import pickle
import sqlite3


class PreferenceStore:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        os.chmod(path, 0o600)
        self.conn.execute("CREATE TABLE IF NOT EXISTS preferences (user TEXT PRIMARY KEY, data TEXT)")
        self.conn.commit()

    def save(self, user, preferences):
        data = base64.b64encode(pickle.dumps(preferences)).decode()
        self.conn.execute("INSERT OR REPLACE INTO preferences (user, data) VALUES (?, ?)", (user, data))
        self.conn.commit()

    def load(self, user):
        row = self.conn.execute("SELECT data FROM preferences WHERE user = ?", (user,)).fetchone()
        if row is None:
            raise KeyError(user)
        try:
            preferences = pickle.loads(base64.b64decode(row[0]))
        except Exception as error:
            raise ValueError(f"invalid data for {user}: {error}")
        if not isinstance(preferences, dict):
            raise ValueError(f"invalid data for {user}")
        return preferences

    def users(self):
        cur = self.conn.execute("SELECT user FROM preferences ORDER BY user")
        return [row[0] for row in cur.fetchall()]
