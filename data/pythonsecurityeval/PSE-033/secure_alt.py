import base64
import datetime
import io
import pickle
import sqlite3
from pathlib import Path

PLAIN = {
    "datetime": datetime.datetime,
    "timedelta": datetime.timedelta,
    "timezone": datetime.timezone,
}


class PlainUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if module == "datetime" and name in PLAIN:
            return PLAIN[name]
        raise pickle.UnpicklingError(f"{module}.{name} does not belong here")


class PreferenceStore:
    def __init__(self, path):
        Path(path).touch(mode=0o600)
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self.connection.execute("CREATE TABLE IF NOT EXISTS preferences (user TEXT PRIMARY KEY, data TEXT)")

    def save(self, user, preferences):
        text = base64.b64encode(pickle.dumps(preferences, protocol=4)).decode("ascii")
        self.connection.execute(
            "INSERT INTO preferences VALUES (:user, :data) ON CONFLICT (user) DO UPDATE SET data = :data",
            {"user": user, "data": text},
        )

    def load(self, user):
        found = self.connection.execute("SELECT data FROM preferences WHERE user = ?", [user]).fetchone()
        if found is None:
            raise KeyError(user)
        try:
            value = PlainUnpickler(io.BytesIO(base64.b64decode(found[0], validate=True))).load()
        except Exception as error:  # a damaged pickle may raise anything
            raise ValueError("not what save() wrote") from error
        if type(value) is not dict:
            raise ValueError("not a dict")
        return value

    def users(self):
        return sorted(row[0] for row in self.connection.execute("SELECT user FROM preferences"))
